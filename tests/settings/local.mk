if HAVE_CMOCKA
settings_test_inc = $(settings_inc) -I$(top_srcdir)/tests -I$(top_srcdir)/tests/settings $(CMOCKA_CFLAGS)
settings_test_libs = libsettings.a libtext.a libbase.a $(FYAML_LIBS) $(JANSSON_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += \
	tests/settings/test-manual \
	tests/settings/test-picture \
	tests/settings/test-secret \
	tests/settings/test-settings \
	tests/settings/test-words
tests_settings_test_manual_SOURCES = \
	tests/settings/scene.c tests/settings/scene.h tests/settings/test-manual.c
tests_settings_test_manual_CPPFLAGS = $(settings_test_inc)
tests_settings_test_manual_LDADD = $(settings_test_libs)
tests_settings_test_picture_SOURCES = \
	tests/settings/scene.c tests/settings/scene.h tests/settings/test-picture.c
tests_settings_test_picture_CPPFLAGS = $(settings_test_inc)
tests_settings_test_picture_LDADD = $(settings_test_libs)
tests_settings_test_secret_SOURCES = \
	tests/settings/scene.c tests/settings/scene.h tests/settings/test-secret.c
tests_settings_test_secret_CPPFLAGS = $(settings_test_inc)
tests_settings_test_secret_LDADD = $(settings_test_libs)
tests_settings_test_settings_SOURCES = \
	tests/settings/scene.c tests/settings/scene.h tests/settings/test-settings.c
tests_settings_test_settings_CPPFLAGS = $(settings_test_inc)
tests_settings_test_settings_LDADD = $(settings_test_libs)
tests_settings_test_words_SOURCES = tests/settings/test-words.c
tests_settings_test_words_CPPFLAGS = $(settings_test_inc)
tests_settings_test_words_LDADD = $(settings_test_libs)
endif
