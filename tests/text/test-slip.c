#include "testing.h"

#include "pool.h"
#include "slip.h"

/* What people get wrong: where it is seen, and how what is said begins. */
static const struct {
	const char *text;
	unsigned line, col;
	const char *advice;
} slips[] = {
	/* quotation marks */
	{"a: \"Our x\nb: hello\n", 1, 4, "no second \" ends what begins with this one"},
	{"a: 'Our x\nb: it's hello\n", 1, 4, "no second ' ends what begins with this one"},
	{"a: b\nc: \"d", 2, 4, "no second \" ends"},
	{"a: \"Our\" x\n", 1, 10,
		"the quoted text ends before this, and the line goes on; write `a: |`"},
	{"a:\n  - 'It's ours'\n", 2, 9,
		"the quoted text ends before this, and the line goes on; write `- |`"},
	{"a: \"C:\\place\"\n", 1, 7, "between \" and \" a `\\` changes what comes behind it"},

	/* brackets */
	{"a: [b, c\nd: e\n", 1, 4, "no ] closes this ["},
	{"a: [b, 'c'\n  , d\ne: [f]\n", 1, 4, "no ] closes this ["},
	{"a: {b: c\n", 1, 4, "no } closes this {"},
	{"a: [b, {c: d]}\n", 1, 13, "`}` was expected here, not `]`"},
	{"a: ]b\n", 1, 4, "a text cannot begin with `]`"},
	{"a: [\"b\" c]\n", 1, 9, "a comma is missing before this"},
	{"a: {b} is here\n", 1, 8, "the bracket closes before this"},

	/* where lines begin */
	{"a:\n    b: c\n   d: e\n", 3, 4,
		"nothing above begins in this column; what belongs beside `b` of line 2 begins in "
		"column 5"},
	{"a:\n  b: c\n    d: e\n", 3, 5,
		"this stands further in than `b` above it, which has its value already; begin it "
		"in "
		"column 3, as line 2 does"},
	{"a:\n  - b: c\n   d: e\n", 3, 4,
		"nothing above begins in this column; what belongs beside `b` of line 2 begins in "
		"column 5"},
	{"a:\n  - b\n c: d\n", 3, 2,
		"nothing above begins in this column; what belongs to the list"},
	{"a:\n  - b\n  c: d\n", 3, 3, "the lines here are a list, so this one begins with `- `"},
	{"a: b\n- c\n", 2, 1, "this `-` stands among names"},
	{"a: |\n    b\n   c\n", 3, 4,
		"this line stands less far in than the text that it belongs to; begin it in column "
		"5, "
		"as line 2 does"},
	{"a:\n  b: |\n  words here\n  c: d\n", 3, 3, "the text below a `|` stands further in"},

	/* colons and dashes */
	{"a: b: c\n", 1, 5,
		"a colon and a blank within a text; put the text in quotes, or write `a: |`"},
	{"a:\n  żółć:\n", 0, 0, NULL},
	{"żółć: a: b\n", 1, 8, "a colon and a blank within a text"},
	{"a: see here:\n", 1, 12, "a colon and a blank within a text"},
	{"a:\n  b:c\n  d: e\n", 2, 4, "a blank is missing behind this colon"},
	{"a\n  b: c\n", 1, 2, "a colon is missing here"},
	{"a: b\nsome words\n", 2, 1, "a name and a colon were expected here"},
	{"a:\n  -b: c\n   d: e\n", 2, 4, "a blank is missing behind this `-`"},
	{"a: - b\n", 1, 4, "a list begins in the next line"},

	/* what a text cannot begin with */
	{"a: @b\n", 1, 4,
		"a text cannot begin with `@` by itself; put it in quotes, or write `a: |`"},
	{"a: *b* c\n", 1, 4, "a text cannot begin with `*`"},
	{"a: 50\nb: %50\n", 2, 4, "a text cannot begin with `%`"},
	{"a: ? b\n", 1, 4, "a text cannot begin with `? `"},
	{"a: > 50\n", 1, 4, "behind a `>` the line ends"},
};

/* Nothing of this is out of order. */
static const char *const in_order[] = {
	"",
	"# a comment\n\na: b # and another\n",
	"---\na: b\n...\n",
	"a: plain words\n  that go on\n  and on\nb: c\n",
	"a:\n  words below: their name\n",
	"a:\n  some words\n  and more\nb: c\n",
	"a: 'it''s \"quoted\"'\nb: \"it's \\\"quoted\\\"\"\n",
	"a: 'over\n  two lines'\nb: c\n",
	"a: [b, 'c, d', \"e\", <f>, g *h]\n",
	"a: [b,\n  c, # why\n\n  d\n]\nb: c\n",
	"a: {b: c, d: [e]}\n",
	"{\"a\": [1, 2],\n\"b\": {}}\n",
	"a:\n- b\n- c: d\n  e: f\n-\n  g: h\nb: c\n",
	"a:\n  - - b\n    - c\n  - d\n",
	"a: |\n  any: thing [\n    more\n\n  goes 'here\nb: >-\n  c\n",
	"a:\n  - |\n    any: thing\n  - b\n",
	"a:\n  b: |\n    c\n # a comment at the margin\n  d: e\n",
	"a: http://example.org/x:y\n'b c': d\n",
	"a: b#c\n",
};

static void slip_find__tells__what_is_wrong_and_what_to_do(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(slips); i++) {
		struct pool *pool = pool_new(4096);
		const char *text = slips[i].text;
		struct slip slip;
		bool found = slip_find(pool, "f.yaml", text, strlen(text), &slip);

		if (found != (slips[i].advice != NULL))
			fail_msg("%s: %s", text, found ? slip.advice : "nothing");
		if (found &&
			(slip.at.line != slips[i].line || slip.at.col != slips[i].col ||
				strncmp(slip.advice, slips[i].advice, strlen(slips[i].advice))))
			fail_msg("%s: %u:%u: %s", text, slip.at.line, slip.at.col, slip.advice);
		pool_free(&pool);
	}
}

static void slip_find__is_content__with_what_is_in_order(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(in_order); i++) {
		struct pool *pool = pool_new(4096);
		struct slip slip;

		if (slip_find(pool, "f.yaml", in_order[i], strlen(in_order[i]), &slip))
			fail_msg("%s: %u:%u: %s", in_order[i], slip.at.line, slip.at.col,
				slip.advice);
		pool_free(&pool);
	}
}

/* Any beginning of any file may be what is there: nothing is read behind its end. */
static void slip_find__stays__within_the_text(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(slips); i++)
		for (size_t len = 0; len <= strlen(slips[i].text); len++) {
			struct pool *pool = pool_new(4096);
			char *copy = malloc(len ? len : 1);
			struct slip slip;

			assert_non_null(copy);
			memcpy(copy, slips[i].text, len);
			if (slip_find(pool, "f.yaml", copy, len, &slip))
				assert_true(slip.at.line >= 1 && slip.at.col >= 1);
			free(copy);
			pool_free(&pool);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slip_find__tells__what_is_wrong_and_what_to_do),
		cmocka_unit_test(slip_find__is_content__with_what_is_in_order),
		cmocka_unit_test(slip_find__stays__within_the_text),
	};

	return cmocka_run_group_tests_name("slip", tests, NULL, NULL);
}
