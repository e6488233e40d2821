#include "testing.h"

#include "buf.h"
#include "mem.h"
#include "pool.h"

static void buf_add__cuts__at_a_code_point(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 6);
	buf_add_str(&buf, "naïve");
	assert_string_equal(buf.data, "naïve");
	assert_false(buf.cut);
	buf_add_str(&buf, "é");
	assert_string_equal(buf.data, "naïve");
	assert_true(buf.cut);
	buf_release(&buf);
}

static void buf_addf__keeps__long_text_whole(void **state)
{
	struct buf buf;
	char text[1000];

	(void)state;
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	buf_init(&buf, BUF_LINE);
	buf_addf(&buf, "%s|%d", text, 7);
	assert_int_equal(buf.len, sizeof(text) - 1 + 2);
	assert_string_equal(buf.data + sizeof(text) - 1, "|7");
	buf_release(&buf);
}

static void buf_init_in__keeps__the_text_with_the_pool(void **state)
{
	struct pool *pool = pool_new(256);
	char text[400];
	struct buf buf;
	const char *kept;

	(void)state;
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	buf_init_in(&buf, pool, 1000);
	buf_addf(&buf, "%s|%d", text, 7);
	buf_add_str(&buf, text);
	kept = buf.data;
	buf_release(&buf);
	assert_int_equal(strlen(kept), 2 * (sizeof(text) - 1) + 2);
	assert_memory_equal(kept + sizeof(text) - 1, "|7x", 3);
	pool_free(&pool);
}

static void buf_take__leaves__an_empty_buffer(void **state)
{
	struct buf buf;
	char *text;

	(void)state;
	buf_init(&buf, 100);
	buf_add_str(&buf, "hello");
	text = buf_take(&buf);
	assert_string_equal(text, "hello");
	assert_string_equal(buf.data, "");
	mem_free(text);
	buf_release(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(buf_add__cuts__at_a_code_point),
		cmocka_unit_test(buf_addf__keeps__long_text_whole),
		cmocka_unit_test(buf_init_in__keeps__the_text_with_the_pool),
		cmocka_unit_test(buf_take__leaves__an_empty_buffer),
	};

	return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}
