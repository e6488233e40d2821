#include "journal_inner.h"

#include "buf.h"
#include "mem.h"

struct journal *journal_new(const struct journal_settings *settings, const struct clock *clock,
	const struct chance *chance)
{
	struct journal *journal = mem_alloc(1, sizeof(*journal));
	unsigned char secret[KEYFILE_SIZE];
	struct buf path;

	journal->keep_days = settings->keep_days;
	journal->read_only = settings->read_only;
	journal->clock = *clock;
	journal->chance = *chance;
	journal->seen = lately_new(JOURNAL_SEEN_MAX, 1);
	journal->born_ms = clock_wall_ms(clock);
	/* Until the one in the file is read, and for good where there is none. */
	journal->hmac = HMAC_CTX_new();
	if (!journal->hmac)
		BUG("libcrypto has no HMAC");
	chance->fill(chance->userdata, secret, sizeof(secret));
	journal_set_secret(journal, secret);
	if (settings->file) {
		buf_init(&path, BUF_LINE);
		buf_addf(&path, "%s.key", settings->file);
		journal->file = mem_strdup(settings->file);
		journal->key_file = buf_take(&path);
		buf_release(&path);
	}
	return journal;
}

void journal_free(struct journal **journal)
{
	if (!*journal)
		return;
	if ((*journal)->news_count && journal_ready(*journal, NULL) < 0)
		news_forget(*journal);
	store_close(&(*journal)->store);
	lately_free(&(*journal)->seen);
	HMAC_CTX_free((*journal)->hmac);
	mem_free((*journal)->file);
	mem_free((*journal)->key_file);
	mem_free((*journal)->note);
	mem_free(*journal);
	*journal = NULL;
}

const char *journal_note(struct journal *journal)
{
	bool is_new = journal->note_is_new;

	journal->note_is_new = false;
	return is_new ? journal->note : NULL;
}

int64_t journal_born_ms(const struct journal *journal)
{
	return journal->born_ms;
}

unsigned journal_keep_days(const struct journal *journal)
{
	return journal->keep_days;
}

bool journal_keeps_text(const struct journal *journal)
{
	return journal->file != NULL;
}

static const char *const state_names[] = {
	[JOURNAL_OWED] = "owed",
	[JOURNAL_SENT] = "sent",
	[JOURNAL_CONFIRMED] = "confirmed",
	[JOURNAL_FINAL] = "final",
	[JOURNAL_GIVEN_UP] = "given-up",
};

static const char *const place_names[] = {
	[JOURNAL_DIRECT] = "direct",
	[JOURNAL_ROOM] = "room",
	[JOURNAL_PRIVATE] = "private",
};

const char *journal_state_name(enum journal_state state)
{
	return state_names[state];
}

enum journal_state journal_state_from_name(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(state_names); i++)
		if (name && !strcmp(state_names[i], name))
			return (enum journal_state)i;
	return JOURNAL_FINAL; /* the tables let in no other name */
}

const char *journal_place_name(enum journal_place place)
{
	return place_names[place];
}

enum journal_place journal_place_from_name(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(place_names); i++)
		if (name && !strcmp(place_names[i], name))
			return (enum journal_place)i;
	return JOURNAL_DIRECT; /* the table lets in no other name */
}

void journal_set_secret(struct journal *journal, const unsigned char secret[KEYFILE_SIZE])
{
	if (!HMAC_Init_ex(journal->hmac, secret, KEYFILE_SIZE, EVP_sha256(), NULL))
		BUG("libcrypto has no HMAC-SHA-256");
}

struct journal_key journal_key(const struct journal *journal, const char *what, const char *a,
	const char *b, const char *c)
{
	const char *const parts[] = {what, a, b, c};
	unsigned char hash[EVP_MAX_MD_SIZE];
	struct journal_key key;
	unsigned len = 0;
	bool well = HMAC_Init_ex(journal->hmac, NULL, 0, NULL, NULL);

	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		/* No text is unlike the empty text; "\1" is no text of ours. */
		const char *part = parts[i] ? parts[i] : "\1";

		well &= HMAC_Update(journal->hmac, (const unsigned char *)part, strlen(part) + 1);
	}
	well &= HMAC_Final(journal->hmac, hash, &len);
	if (!well || len < sizeof(key.bytes))
		BUG("libcrypto could not hash");
	memcpy(key.bytes, hash, sizeof(key.bytes));
	return key;
}

struct journal_key journal_asker_key(const struct journal *journal, const char *asker)
{
	return journal_key(journal, "asker", asker, NULL, NULL);
}

struct journal_key journal_said_key(
	const struct journal *journal, const char *asker, const char *room, const char *id)
{
	return journal_key(journal, "said", asker, room, id);
}

struct journal_key journal_stanza_key(
	const struct journal *journal, const char *room, const char *stanza_id)
{
	return journal_key(journal, "said stanza", room, stanza_id, NULL);
}
