noinst_LIBRARIES += libtext.a
libtext_a_SOURCES = \
	bot/text/closest.c bot/text/closest.h \
	bot/text/json.c bot/text/json.h \
	bot/text/problems.c bot/text/problems.h \
	bot/text/slip.c bot/text/slip.h \
	bot/text/yaml.c bot/text/yaml.h
libtext_a_CPPFLAGS = $(text_inc) $(FYAML_CFLAGS) $(JANSSON_CFLAGS)
