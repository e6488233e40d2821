/* model.h - what each feature says for each class, learnt from examples.
 *
 * Layer: answer. Multinomial logistic regression by stochastic gradient
 * descent in a fixed order, in single precision without libm and without
 * contraction: the same examples give the same weights on every machine.
 * Weights are additive, so what decided can be told. Kept as the table they
 * were learnt in, since most of it is in use.
 */
#ifndef BOT_MODEL_H
#define BOT_MODEL_H

#include "feature.h"

struct example {
	struct feature_list features;
	uint32_t class;
};

struct model;

/* More classes than these, and packs go by their patterns alone. */
enum { MODEL_CLASSES_MAX = 1000 };
/* Weights examined in one pass over the examples, beyond which training would hold up loading: the
 * model steps aside, and patterns decide alone. */
enum { MODEL_COST_MAX = 200 * 1000 * 1000 };

/* NULL where training would cost too much (examples × features × classes). */
struct model *model_train(const struct example *examples, size_t count, size_t features,
	size_t classes);
void model_free(struct model **model);

/* Belief in each class, 0 to 1, all together 1. out has room for every class. */
void model_believe(const struct model *model, const struct feature_list *list, float *out);
/* The weight that the feature gives the class; 0 where it says nothing. */
float model_weight(const struct model *model, uint32_t feature, uint32_t class);
size_t model_weights(const struct model *model);

#endif
