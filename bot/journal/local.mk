noinst_LIBRARIES += libjournal.a
libjournal_a_SOURCES = \
	bot/journal/journal_inner.h \
	bot/journal/joined.c \
	bot/journal/journal.c bot/journal/journal.h \
	bot/journal/keeping.c \
	bot/journal/keyfile.c bot/journal/keyfile.h \
	bot/journal/lately.c bot/journal/lately.h \
	bot/journal/opening.c \
	bot/journal/news.c bot/journal/news.h \
	bot/journal/owing.c \
	bot/journal/record.c \
	bot/journal/schema.c bot/journal/schema.h \
	bot/journal/seen.c bot/journal/seen.h \
	bot/journal/store.c bot/journal/store.h
libjournal_a_CPPFLAGS = $(journal_inc) $(SQLITE_CFLAGS) $(CRYPTO_CFLAGS)
