#include "model.h"

#include "mem.h"

enum { PASSES = 5 };
static const float step = 3.0f; /* large, as features are scaled to length 1 */
static const float step_start = 0.05f;
static const float known_well = 0.03f;   /* how far off: then there is nothing to learn */
static const float weight_least = 0.02f; /* smaller weights are not kept */
/* Of the features of an example each pass leaves out one in five, never the same: so the model
 * learns not to lean on one word. */
enum { LEFT_OUT = 51 }; /* of 256 */
static const float made_up_for = 256.0f / (256 - LEFT_OUT);

struct posting {
	uint32_t class;
	float weight;
};

struct model {
	size_t classes, features;
	uint32_t *starts; /* by feature; features + 1 */
	struct posting *postings;
};

/* Four classes at a time, each by itself: no order of summing changes, so no bit does. */
typedef float lanes __attribute__((vector_size(16)));
typedef int32_t whole_lanes __attribute__((vector_size(16)));
enum { LANES = 4 };

/* e^x for x up to 0, to about one part in 10^6, by plain arithmetic: libm differs from machine to
 * machine. Less than a ten-millionth is 0. */
static lanes power_of_e(lanes x)
{
	whole_lanes counts = x > -16.0f;
	whole_lanes whole;
	lanes fraction, result;

	x *= 1.44269504f; /* now 2^x */
	whole = __builtin_convertvector(x, whole_lanes);
	whole += x < 0.0f; /* true is -1: rounded down */
	fraction = (x - __builtin_convertvector(whole, lanes)) * 0.69314718f;
	result =
		1.0f +
		fraction *
			(1.0f + fraction *
					(0.5f + fraction *
							(0.16666667f +
								fraction *
									(0.04166667f +
										fraction *
											(0.00833333f +
												fraction *
													0.00138889f)))));
	result *= (lanes)((whole + 127) << 23);
	return (lanes)((whole_lanes)result & counts);
}

/* Logits to belief. */
static void soften(float *values, size_t count)
{
	float most = values[0], sum = 0.0f;

	for (size_t c = 1; c < count; c++)
		if (values[c] > most)
			most = values[c];
	for (size_t c = 0; c < count; c += LANES) {
		lanes four = {0};

		if (count - c >= LANES)
			memcpy(&four, values + c, sizeof(four));
		else
			memcpy(&four, values + c, (count - c) * sizeof(*values));
		four = power_of_e(four - most);
		if (count - c >= LANES)
			memcpy(values + c, &four, sizeof(four));
		else
			memcpy(values + c, &four, (count - c) * sizeof(*values));
	}
	for (size_t c = 0; c < count; c++)
		sum += values[c];
	for (size_t c = 0; c < count; c++)
		values[c] /= sum;
}

/* x > 0, to one part in 10^6; by plain arithmetic, too. */
static float inverse_root(float x)
{
	union {
		float number;
		uint32_t bits;
	} guess = {.number = x};

	guess.bits = 0x5f375a86u - (guess.bits >> 1);
	for (int i = 0; i < 3; i++)
		guess.number *= 1.5f - 0.5f * x * guess.number * guess.number;
	return guess.number;
}

/* What is being learnt: a row of weights for each feature, filled up to whole lanes. */
struct learner {
	lanes *weights;
	float *moved;        /* by feature: the squares of how much it was to be moved so far */
	size_t classes, row; /* row: lanes in one */
	lanes *error;
	struct feature_list heard; /* what this pass leaves of an example */
};

static void hear(struct learner *l, const struct example *example, uint32_t seed)
{
	l->heard.count = 0;
	for (size_t i = 0; i < example->features.count; i++) {
		seed = seed * 1664525u + 1013904223u;
		if (seed >> 24 >= LEFT_OUT)
			l->heard.items[l->heard.count++] = example->features.items[i];
	}
}

/* Leaves in l->error how far off the belief in each class is. */
static void err(struct learner *l, uint32_t class)
{
	float *error = (float *)l->error;

	memset(error, 0, l->row * sizeof(*l->error));
	for (size_t i = 0; i < l->heard.count; i++) {
		const lanes *row = l->weights + l->heard.items[i].id * l->row;
		float value = l->heard.items[i].value * made_up_for;

		for (size_t c = 0; c < l->row; c++)
			l->error[c] += value * row[c];
	}
	soften(error, l->classes);
	for (size_t c = 0; c < l->classes; c++)
		error[c] = (c == class ? 1.0f : 0.0f) - error[c];
}

/* A feature that was moved often already moves less (AdaGrad, a step size for each feature), so
 * that a rare word is learnt from its few sentences. */
static void move(struct learner *l)
{
	const float *error = (const float *)l->error;
	float squares = 0.0f;

	for (size_t c = 0; c < l->classes; c++)
		squares += error[c] * error[c];
	for (size_t i = 0; i < l->heard.count; i++) {
		uint32_t id = l->heard.items[i].id;
		float value = l->heard.items[i].value * made_up_for, size;
		lanes *row = l->weights + id * l->row;

		l->moved[id] += value * value * squares;
		size = step * value / (1.0f / inverse_root(l->moved[id]) + step_start);
		for (size_t c = 0; c < l->row; c++)
			row[c] += size * l->error[c];
	}
}

/* Returns whether the example was known well. */
static bool learn(struct learner *l, const struct example *example, uint32_t seed)
{
	hear(l, example, seed);
	err(l, example->class);
	if (((const float *)l->error)[example->class] < known_well)
		return true;
	move(l);
	return false;
}

/* A fixed order that mixes the classes: steps through all numbers by one that shares no divisor,
 * near the golden ratio, since a simple fraction would go through the classes block by block. */
static size_t stride_for(size_t count)
{
	size_t stride = count * 61803 / 100000 + 1;

	for (;; stride++) {
		size_t a = stride, b = count;

		while (b) {
			size_t rest = a % b;

			a = b;
			b = rest;
		}
		if (a == 1)
			return stride;
	}
}

static bool is_kept(float weight)
{
	return weight > weight_least || weight < -weight_least;
}

static struct model *sparse(const struct learner *l, size_t features)
{
	struct model *model = mem_alloc(1, sizeof(*model));
	size_t n = 0;

	model->classes = l->classes;
	model->features = features;
	model->starts = mem_alloc(features + 1, sizeof(*model->starts));
	for (size_t i = 0; i < features * l->row * LANES; i++)
		n += is_kept(((const float *)l->weights)[i]);
	model->postings = mem_alloc(n, sizeof(*model->postings));
	n = 0;
	for (size_t f = 0; f < features; f++) {
		const float *row = (const float *)(l->weights + f * l->row);

		for (uint32_t c = 0; c < l->classes; c++)
			if (is_kept(row[c]))
				model->postings[n++] = (struct posting){c, row[c]};
		model->starts[f + 1] = (uint32_t)n;
	}
	return model;
}

/* What was known well in one pass is passed over in the next. */
static void study(struct learner *l, const struct example *examples, size_t count)
{
	bool *rests = mem_alloc(count, sizeof(*rests));
	size_t stride = stride_for(count), at = 0;

	for (uint32_t pass = 0; pass < PASSES; pass++)
		for (size_t i = 0; i < count; i++, at = (at + stride) % count)
			rests[at] =
				!rests[at] && learn(l, &examples[at], (uint32_t)at * PASSES + pass);
	mem_free(rests);
}

struct model *model_train(
	const struct example *examples, size_t count, size_t features, size_t classes)
{
	struct learner l = {.classes = classes, .row = (classes + LANES - 1) / LANES};
	struct model *model;
	size_t terms = 0, longest = 0;

	for (size_t i = 0; i < count; i++) {
		terms += examples[i].features.count;
		if (examples[i].features.count > longest)
			longest = examples[i].features.count;
	}
	if (!count || classes < 2 || terms > MODEL_COST_MAX / classes ||
		features > MODEL_COST_MAX / 4 / classes)
		return NULL;
	l.weights = mem_alloc(features * l.row, sizeof(*l.weights));
	l.moved = mem_alloc(features, sizeof(*l.moved));
	l.error = mem_alloc(l.row, sizeof(*l.error));
	l.heard.items = mem_alloc(longest, sizeof(*l.heard.items));
	study(&l, examples, count);
	model = sparse(&l, features);
	mem_free(l.heard.items);
	mem_free(l.error);
	mem_free(l.moved);
	mem_free(l.weights);
	return model;
}

void model_free(struct model **model)
{
	if (!*model)
		return;
	mem_free((*model)->starts);
	mem_free((*model)->postings);
	mem_free(*model);
	*model = NULL;
}

void model_believe(const struct model *model, const struct feature_list *list, float *out)
{
	memset(out, 0, model->classes * sizeof(*out));
	for (size_t i = 0; i < list->count; i++) {
		uint32_t id = list->items[i].id;

		for (uint32_t p = model->starts[id]; p < model->starts[id + 1]; p++)
			out[model->postings[p].class] +=
				list->items[i].value * model->postings[p].weight;
	}
	soften(out, model->classes);
}

float model_weight(const struct model *model, uint32_t feature, uint32_t class)
{
	for (uint32_t p = model->starts[feature]; p < model->starts[feature + 1]; p++)
		if (model->postings[p].class == class)
			return model->postings[p].weight;
	return 0.0f;
}

size_t model_weights(const struct model *model)
{
	return model->starts[model->features];
}
