noinst_LIBRARIES += libbase.a
libbase_a_SOURCES = \
	bot/base/banned.h \
	bot/base/base.c bot/base/base.h \
	bot/base/buf.c bot/base/buf.h \
	bot/base/chance.c bot/base/chance.h \
	bot/base/clock.c bot/base/clock.h \
	bot/base/err.c bot/base/err.h \
	bot/base/file.c bot/base/file.h \
	bot/base/log.c bot/base/log.h \
	bot/base/mem.c bot/base/mem.h \
	bot/base/pool.c bot/base/pool.h \
	bot/base/strmap.c bot/base/strmap.h \
	bot/base/utf8.c bot/base/utf8.h
libbase_a_CPPFLAGS = $(base_inc)
