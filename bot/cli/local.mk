bin_PROGRAMS += careerbot
careerbot_SOURCES = bot/main.c
careerbot_CPPFLAGS = $(cli_inc)
careerbot_LDADD = libtext.a libbase.a $(FYAML_LIBS) $(JANSSON_LIBS)
