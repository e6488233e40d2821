#include "testing.h"

#include "model.h"

/* A toy language of six features: 0 and 1 speak for class 0, 2 and 3 for class 1, 4 for class 2;
 * feature 5 is in every example and tells nothing. */
enum { FEATURES = 6, CLASSES = 3 };

static struct feature items[][3] = {
	{{0, 0.7f}, {1, 0.5f}, {5, 0.5f}},
	{{0, 0.9f}, {5, 0.4f}},
	{{1, 0.9f}, {5, 0.4f}},
	{{2, 0.7f}, {3, 0.5f}, {5, 0.5f}},
	{{2, 0.9f}, {5, 0.4f}},
	{{3, 0.9f}, {5, 0.4f}},
	{{4, 0.9f}, {5, 0.4f}},
	{{4, 0.9f}, {5, 0.4f}},
};

static const struct example toys[] = {
	{{.items = items[0], .count = 3}, 0},
	{{.items = items[1], .count = 2}, 0},
	{{.items = items[2], .count = 2}, 0},
	{{.items = items[3], .count = 3}, 1},
	{{.items = items[4], .count = 2}, 1},
	{{.items = items[5], .count = 2}, 1},
	{{.items = items[6], .count = 2}, 2},
	{{.items = items[7], .count = 2}, 2},
};

static uint32_t best(const float *belief)
{
	uint32_t class = 0;

	for (uint32_t c = 1; c < CLASSES; c++)
		if (belief[c] > belief[class])
			class = c;
	return class;
}

static void model_train__learns__a_toy_language(void **state)
{
	struct model *model = model_train(toys, ARRAY_LEN(toys), FEATURES, CLASSES);

	(void)state;
	assert_non_null(model);
	for (size_t i = 0; i < ARRAY_LEN(toys); i++) {
		float belief[CLASSES], sum = 0.0f;

		model_believe(model, &toys[i].features, belief);
		assert_int_equal(best(belief), toys[i].class);
		assert_true(belief[toys[i].class] > 0.6f);
		for (size_t c = 0; c < CLASSES; c++) {
			assert_true(belief[c] >= 0.0f && belief[c] <= 1.0f);
			sum += belief[c];
		}
		assert_true(sum > 0.999f && sum < 1.001f);
	}
	assert_true(model_weight(model, 0, 0) > 0.0f);
	assert_true(model_weight(model, 0, 1) < 0.0f);
	assert_true(model_weight(model, 4, 2) > model_weight(model, 5, 2));
	model_free(&model);
	assert_null(model);
}

static void model_believe__says__nothing_of_what_it_never_saw(void **state)
{
	struct model *model = model_train(toys, ARRAY_LEN(toys), FEATURES, CLASSES);
	const struct feature_list nothing = {.count = 0};
	float belief[CLASSES];

	(void)state;
	model_believe(model, &nothing, belief);
	for (size_t c = 0; c < CLASSES; c++)
		assert_true(belief[c] > 0.333f && belief[c] < 0.334f);
	model_free(&model);
}

static void model_train__gives__the_same_weights_again(void **state)
{
	struct model *one = model_train(toys, ARRAY_LEN(toys), FEATURES, CLASSES);
	struct model *two = model_train(toys, ARRAY_LEN(toys), FEATURES, CLASSES);

	(void)state;
	assert_int_equal(model_weights(one), model_weights(two));
	for (uint32_t f = 0; f < FEATURES; f++)
		for (uint32_t c = 0; c < CLASSES; c++) {
			float a = model_weight(one, f, c), b = model_weight(two, f, c);

			assert_memory_equal(&a, &b, sizeof(a)); /* to the bit */
		}
	model_free(&one);
	model_free(&two);
}

static void model_weights__keeps__only_what_tells(void **state)
{
	struct model *model = model_train(toys, ARRAY_LEN(toys), FEATURES, CLASSES);
	size_t kept = 0;

	(void)state;
	for (uint32_t f = 0; f < FEATURES; f++)
		for (uint32_t c = 0; c < CLASSES; c++)
			kept += model_weight(model, f, c) != 0.0f;
	assert_int_equal(model_weights(model), kept);
	assert_true(kept <= FEATURES * CLASSES);
	model_free(&model);
}

static void model_train__steps_aside__where_it_would_cost_too_much(void **state)
{
	(void)state;
	assert_null(model_train(toys, 0, FEATURES, CLASSES));
	assert_null(model_train(toys, ARRAY_LEN(toys), FEATURES, 1));
	assert_null(model_train(toys, ARRAY_LEN(toys), FEATURES, MODEL_COST_MAX));
	assert_null(model_train(toys, ARRAY_LEN(toys), MODEL_COST_MAX, CLASSES));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(model_train__learns__a_toy_language),
		cmocka_unit_test(model_believe__says__nothing_of_what_it_never_saw),
		cmocka_unit_test(model_train__gives__the_same_weights_again),
		cmocka_unit_test(model_weights__keeps__only_what_tells),
		cmocka_unit_test(model_train__steps_aside__where_it_would_cost_too_much),
	};

	return cmocka_run_group_tests_name("model", tests, NULL, NULL);
}
