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

/* Four at a time, each by itself: no order of summing changes, so no bit does. */
typedef float lanes __attribute__((vector_size(16)));
typedef int32_t whole_lanes __attribute__((vector_size(16)));
enum {
	LANES = 4,
	BLOCK = 4 /* lanes that stay in registers while all features are gone through */
};

/* A row of weights for each feature, filled up to whole blocks. */
struct model {
	size_t classes, features;
	size_t row; /* lanes in one */
	lanes *weights;
};

static lanes all_four(float value)
{
	return (lanes){value, value, value, value};
}

static lanes larger(lanes a, lanes b)
{
	whole_lanes first = a > b;

	return (lanes)((first & (whole_lanes)a) | (~first & (whole_lanes)b));
}

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

/* What the last lanes lack of four is filled up. */
static lanes get_lanes(const float *values, size_t count, float filler)
{
	lanes four = all_four(filler);

	if (count >= LANES)
		memcpy(&four, values, sizeof(four));
	else
		memcpy(&four, values, count * sizeof(*values));
	return four;
}

static void put_lanes(float *values, size_t count, lanes four)
{
	if (count >= LANES)
		memcpy(values, &four, sizeof(four));
	else
		memcpy(values, &four, count * sizeof(*values));
}

static float greatest(const float *values, size_t count)
{
	lanes most = all_four(values[0]);
	float result;

	for (size_t c = 0; c < count; c += LANES)
		most = larger(most, get_lanes(values + c, count - c, values[0]));
	result = most[0];
	for (int i = 1; i < LANES; i++)
		if (most[i] > result)
			result = most[i];
	return result;
}

/* Logits to belief. */
static void soften(float *values, size_t count)
{
	float most = greatest(values, count), sum = 0.0f;

	for (size_t c = 0; c < count; c += LANES) {
		/* The filler is so little that it comes to 0. */
		lanes four = get_lanes(values + c, count - c, most - 100.0f);

		four = power_of_e(four - most);
		put_lanes(values + c, count - c, four);
		for (int i = 0; i < LANES; i++)
			sum += four[i];
	}
	for (size_t c = 0; c < count; c += LANES)
		put_lanes(values + c, count - c, get_lanes(values + c, count - c, 0.0f) / sum);
}

/* x > 0, to one part in 10^6; by plain arithmetic, too. */
static lanes inverse_root(lanes x)
{
	lanes guess = (lanes)(0x5f375a86 - ((whole_lanes)x >> 1));

	for (int i = 0; i < 3; i++)
		guess *= 1.5f - 0.5f * x * guess * guess;
	return guess;
}

struct learner {
	struct model *model;
	float *moved; /* by feature: the squares of how much it was to be moved so far */
	lanes *error; /* a row */
	/* What this pass leaves of an example. */
	struct heard {
		uint32_t id;
		float value;
		lanes *row;
	} * heard;
	size_t heard_count;
	lanes *sizes; /* four of the heard in each: by how much it is moved */
};

static void hear(struct learner *l, const struct example *example, uint32_t seed)
{
	l->heard_count = 0;
	for (size_t i = 0; i < example->features.count; i++) {
		const struct feature *feature = &example->features.items[i];

		seed = seed * 1664525u + 1013904223u;
		if (seed >> 24 >= LEFT_OUT)
			l->heard[l->heard_count++] =
				(struct heard){feature->id, feature->value * made_up_for,
					l->model->weights + feature->id * l->model->row};
	}
}

/* The logits, into l->error. */
static void add_up(struct learner *l)
{
	for (size_t c = 0; c < l->model->row; c += BLOCK) {
		lanes sums[BLOCK] = {{0}};

		for (const struct heard *h = l->heard; h < l->heard + l->heard_count; h++) {
			sums[0] += h->value * h->row[c];
			sums[1] += h->value * h->row[c + 1];
			sums[2] += h->value * h->row[c + 2];
			sums[3] += h->value * h->row[c + 3];
		}
		memcpy(l->error + c, sums, sizeof(sums));
	}
}

/* Leaves in l->error how far off the belief in each class is. */
static void err(struct learner *l, uint32_t class)
{
	float *error = (float *)l->error;
	float belief;

	add_up(l);
	soften(error, l->model->classes);
	belief = error[class];
	for (size_t c = 0; c < l->model->row; c++)
		l->error[c] = 0.0f - l->error[c];
	error[class] = 1.0f - belief;
}

/* A feature that was moved often already moves less (AdaGrad, a step size for each feature), so
 * that a rare word is learnt from its few sentences. */
static void choose_sizes(struct learner *l)
{
	float *sizes = (float *)l->sizes;
	float squares = 0.0f;

	for (size_t c = 0; c < l->model->row; c++) {
		lanes four = l->error[c] * l->error[c];

		for (int i = 0; i < LANES; i++)
			squares += four[i];
	}
	for (size_t i = 0; i < l->heard_count; i++) {
		const struct heard *h = &l->heard[i];

		l->moved[h->id] += h->value * h->value * squares;
		sizes[i] = l->moved[h->id];
	}
	for (size_t i = 0; i < l->heard_count; i += LANES)
		l->sizes[i / LANES] = 1.0f / inverse_root(l->sizes[i / LANES]) + step_start;
	for (size_t i = 0; i < l->heard_count; i++)
		sizes[i] = step * l->heard[i].value / sizes[i];
}

static void move(struct learner *l)
{
	const float *sizes = (const float *)l->sizes;
	const lanes *error = l->error;
	size_t count = l->model->row;

	choose_sizes(l);
	for (size_t i = 0; i < l->heard_count; i++) {
		lanes *row = l->heard[i].row, size = all_four(sizes[i]);

		for (size_t c = 0; c < count; c += BLOCK) {
			row[c] += size * error[c];
			row[c + 1] += size * error[c + 1];
			row[c + 2] += size * error[c + 2];
			row[c + 3] += size * error[c + 3];
		}
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

/* What is next to nothing is nothing. */
static void forget_little(struct model *model)
{
	for (size_t i = 0; i < model->features * model->row; i++) {
		lanes four = model->weights[i];
		whole_lanes kept = (four > weight_least) | (four < -weight_least);

		model->weights[i] = (lanes)((whole_lanes)four & kept);
	}
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

static struct model *model_new(size_t features, size_t classes)
{
	const size_t block = (size_t)LANES * BLOCK;
	struct model *model = mem_alloc(1, sizeof(*model));

	model->classes = classes;
	model->features = features;
	model->row = (classes + block - 1) / block * BLOCK;
	/* Written to here and now: were it read first, the system would lend a page of zeros, and
	 * then have to be asked a second time. */
	model->weights = mem_resize(NULL, features * model->row, sizeof(*model->weights));
	memset(model->weights, 0, features * model->row * sizeof(*model->weights));
	return model;
}

struct model *model_train(
	const struct example *examples, size_t count, size_t features, size_t classes)
{
	struct learner l = {.model = NULL};
	size_t terms = 0, longest = 0;

	for (size_t i = 0; i < count; i++) {
		terms += examples[i].features.count;
		if (examples[i].features.count > longest)
			longest = examples[i].features.count;
	}
	if (!count || classes < 2 || terms > MODEL_COST_MAX / classes ||
		features > MODEL_COST_MAX / 4 / classes)
		return NULL;
	l.model = model_new(features, classes);
	l.moved = mem_alloc(features, sizeof(*l.moved));
	l.error = mem_alloc(l.model->row, sizeof(*l.error));
	l.heard = mem_alloc(longest, sizeof(*l.heard));
	l.sizes = mem_alloc(longest / LANES + 1, sizeof(*l.sizes));
	study(&l, examples, count);
	forget_little(l.model);
	mem_free(l.sizes);
	mem_free(l.heard);
	mem_free(l.error);
	mem_free(l.moved);
	return l.model;
}

void model_free(struct model **model)
{
	if (!*model)
		return;
	mem_free((*model)->weights);
	mem_free(*model);
	*model = NULL;
}

/* Into out, the logits of the classes in one block from lane c on. */
static void believe_block(
	const struct model *model, const struct feature_list *list, size_t c, float *out)
{
	lanes sums[BLOCK] = {{0}};
	size_t left = (model->classes - c * LANES) * sizeof(*out);

	for (size_t i = 0; i < list->count; i++) {
		const lanes *row = model->weights + list->items[i].id * model->row + c;

		for (int k = 0; k < BLOCK; k++)
			sums[k] += list->items[i].value * row[k];
	}
	memcpy(out + c * LANES, sums, left < sizeof(sums) ? left : sizeof(sums));
}

void model_believe(const struct model *model, const struct feature_list *list, float *out)
{
	for (size_t c = 0; c < model->row; c += BLOCK)
		believe_block(model, list, c, out);
	soften(out, model->classes);
}

float model_weight(const struct model *model, uint32_t feature, uint32_t class)
{
	return ((const float *)(model->weights + feature * model->row))[class];
}

size_t model_weights(const struct model *model)
{
	const float *weights = (const float *)model->weights;
	size_t count = 0;

	for (size_t i = 0; i < model->features * model->row * LANES; i++)
		count += weights[i] != 0.0f;
	return count;
}
