#include "testing.h"

#include "jid.h"
#include "pool.h"

static void jid_read__cuts__at_slash_then_at_sign(void **state)
{
	static const struct {
		const char *text, *local, *domain, *resource;
	} cases[] = {
		{"example.org", "", "example.org", ""},
		{"bot@example.org", "bot", "example.org", ""},
		{"bot@example.org/home", "bot", "example.org", "home"},
		{"room@muc.example.org/a@b/c d", "room", "muc.example.org", "a@b/c d"},
		{"evil.example/a@good.example", "", "evil.example", "a@good.example"},
		{"example.org/東京", "", "example.org", "東京"},
	};
	struct jid jid;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_true(jid_read(&jid, cases[i].text));
		assert_int_equal(jid.local_len, strlen(cases[i].local));
		assert_int_equal(jid.domain_len, strlen(cases[i].domain));
		assert_int_equal(jid.resource_len, strlen(cases[i].resource));
		assert_memory_equal(jid.domain, cases[i].domain, jid.domain_len);
		if (jid.local_len)
			assert_memory_equal(jid.local, cases[i].local, jid.local_len);
		if (jid.resource_len)
			assert_string_equal(jid.resource, cases[i].resource);
	}
}

static void jid_read__refuses__what_lacks_a_part(void **state)
{
	static const char *const cases[] = {
		"", "@example.org", "bot@", "/home", "bot@/home", "bot@example.org/", "@"};
	struct jid jid;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (jid_read(&jid, cases[i]))
			fail_msg("taken for an address: \"%s\"", cases[i]);
}

static void jid_read__refuses__absurd_length(void **state)
{
	char text[JID_PART_MAX + 2];
	struct jid jid;

	(void)state;
	memset(text, 'a', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	assert_false(jid_read(&jid, text));
	text[JID_PART_MAX] = '\0';
	assert_true(jid_read(&jid, text));
}

static void jid_same_bare__looks__at_nothing_but_the_bare_part(void **state)
{
	(void)state;
	assert_true(jid_same_bare("a@b/c", "a@b"));
	assert_true(jid_same_bare("a@b/c", "a@b/d"));
	assert_false(jid_same_bare("a@b", "a@bb"));
	assert_false(jid_same_bare("b/a@b", "a@b"));
}

static void jid_normal__folds__all_but_the_resource(void **state)
{
	struct pool *pool = pool_new(512);

	(void)state;
	assert_string_equal(jid_normal(pool, "Bot@Example.ORG/Home"), "bot@example.org/Home");
	assert_string_equal(jid_normal(pool, "ŻÓŁW@example.org"), "żółw@example.org");
	assert_null(jid_normal(pool, "bot@"));
	pool_free(&pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(jid_read__cuts__at_slash_then_at_sign),
		cmocka_unit_test(jid_read__refuses__what_lacks_a_part),
		cmocka_unit_test(jid_read__refuses__absurd_length),
		cmocka_unit_test(jid_same_bare__looks__at_nothing_but_the_bare_part),
		cmocka_unit_test(jid_normal__folds__all_but_the_resource),
	};

	return cmocka_run_group_tests_name("jid", tests, NULL, NULL);
}
