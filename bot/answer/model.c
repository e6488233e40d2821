#include "model.h"

#include "mem.h"

enum { PASSES = 5, REST_PASSES = 2 };
static const float known_well = 0.03f; /* how far off */
static const float rate_first = 6.0f;  /* steps are large, as features are scaled to length 1 */
static const float rate_decay = 0.18f;  /* per pass */
static const float shrink = 0.000002f;  /* pull of each weight towards 0, per example it is met in */
static const float sure_enough = 0.004f; /* an error smaller than this moves nothing */
static const float weight_least = 0.02f; /* smaller weights are not kept */

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
	result = 1.0f + fraction * (1.0f + fraction * (0.5f + fraction * (0.16666667f +
		fraction * (0.04166667f + fraction * (0.00833333f + fraction * 0.00138889f)))));
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

/* What is being learnt: a row of weights for each feature, filled up to whole lanes. */
struct learner {
	lanes *weights;
	size_t classes, row; /* row: lanes in one */
	lanes *belief;
	struct error {
		uint32_t class;
		float size;
	} *errors;
};

static void believe(struct learner *l, const struct feature_list *list)
{
	memset(l->belief, 0, l->row * sizeof(*l->belief));
	for (size_t i = 0; i < list->count; i++) {
		const lanes *row = l->weights + list->items[i].id * l->row;
		float value = list->items[i].value;
		lanes values = {value, value, value, value};

		for (size_t c = 0; c < l->row; c++)
			l->belief[c] += values * row[c];
	}
	soften((float *)l->belief, l->classes);
}

/* Returns how far off the belief in the right class was. */
static float learn(struct learner *l, const struct example *example, float rate)
{
	const struct feature_list *list = &example->features;
	const float *belief = (const float *)l->belief;
	size_t count = 0;

	believe(l, list);
	for (uint32_t c = 0; c < l->classes; c++) {
		float error = (c == example->class ? 1.0f : 0.0f) - belief[c];

		if (error >= sure_enough || error <= -sure_enough)
			l->errors[count++] = (struct error){c, rate * error};
	}
	for (size_t i = 0; i < list->count; i++) {
		float *row = (float *)(l->weights + list->items[i].id * l->row);
		float value = list->items[i].value;

		for (size_t k = 0; k < count; k++) {
			float *w = row + l->errors[k].class;

			*w += l->errors[k].size * value - rate * shrink * *w;
		}
	}
	return 1.0f - belief[example->class];
}

/* A fixed order that mixes the classes: steps through all numbers by one that shares no divisor, near
 * the golden ratio, since a simple fraction would go through the classes block by block. */
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

/* What was known well in one pass is passed over in the next REST_PASSES. */
static void study(struct learner *l, const struct example *examples, size_t count)
{
	unsigned char *rest = mem_alloc(count, 1);
	size_t stride = stride_for(count);

	for (int pass = 0; pass < PASSES; pass++) {
		float rate = rate_first / (1.0f + rate_decay * (float)pass * (float)pass);

		for (size_t i = 0, at = (size_t)pass % count; i < count; i++) {
			if (rest[at])
				rest[at]--;
			else if (learn(l, &examples[at], rate) < known_well)
				rest[at] = REST_PASSES;
			at = (at + stride) % count;
		}
	}
	mem_free(rest);
}

struct model *model_train(const struct example *examples, size_t count, size_t features,
	size_t classes)
{
	struct learner l = {.classes = classes, .row = (classes + LANES - 1) / LANES};
	struct model *model;
	size_t terms = 0;

	for (size_t i = 0; i < count; i++)
		terms += examples[i].features.count;
	if (!count || classes < 2 || terms > MODEL_COST_MAX / classes ||
		features > MODEL_COST_MAX / 4 / classes)
		return NULL;
	l.weights = mem_alloc(features * l.row, sizeof(*l.weights));
	l.belief = mem_alloc(l.row, sizeof(*l.belief));
	l.errors = mem_alloc(classes, sizeof(*l.errors));
	study(&l, examples, count);
	model = sparse(&l, features);
	mem_free(l.errors);
	mem_free(l.belief);
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
