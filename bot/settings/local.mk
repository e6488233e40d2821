noinst_LIBRARIES += libsettings.a
libsettings_a_SOURCES = \
	bot/settings/jidform.c bot/settings/jidform.h \
	bot/settings/duration.c bot/settings/duration.h \
	bot/settings/picture.c bot/settings/picture.h \
	bot/settings/reading.c bot/settings/reading.h \
	bot/settings/secret.c bot/settings/secret.h \
	bot/settings/sections.c bot/settings/sections.h \
	bot/settings/settings.c bot/settings/settings.h
libsettings_a_CPPFLAGS = $(settings_inc)
