#include "wish.h"

#include "buf.h"

enum { WISH_TEXT_MAX = 120 };

/* Written as people say them, but for the words that don't matter. */
static const struct {
	enum wish wish;
	const char *words;
} wishes[] = {
	{WISH_QUIET, "be quiet"},
	{WISH_QUIET, "quiet"},
	{WISH_QUIET, "stay quiet"},
	{WISH_QUIET, "keep quiet"},
	{WISH_QUIET, "be silent"},
	{WISH_QUIET, "silence"},
	{WISH_QUIET, "shut up"},
	{WISH_QUIET, "shush"},
	{WISH_QUIET, "shh"},
	{WISH_QUIET, "hush"},
	{WISH_QUIET, "mute"},
	{WISH_QUIET, "stop"},
	{WISH_QUIET, "stop it"},
	{WISH_QUIET, "stop talking"},
	{WISH_QUIET, "stop answering"},
	{WISH_QUIET, "leave us alone"},
	{WISH_WAKE, "wake up"},
	{WISH_WAKE, "speak"},
	{WISH_WAKE, "talk"},
	{WISH_WAKE, "speak up"},
	{WISH_WAKE, "talk to us"},
	{WISH_WAKE, "come back"},
	{WISH_WAKE, "unmute"},
	{WISH_WAKE, "go on"},
	{WISH_STORED, "privacy"},
	{WISH_STORED, "my data"},
	{WISH_STORED, "what is stored of me"},
	{WISH_STORED, "what is stored about me"},
	{WISH_STORED, "what do you store of me"},
	{WISH_STORED, "what do you store about me"},
	{WISH_STORED, "what have you stored about me"},
	{WISH_STORED, "what do you know about me"},
	{WISH_STORED, "what do you keep about me"},
	{WISH_STORED, "what data do you have about me"},
	{WISH_STORED, "what data do you keep about me"},
	{WISH_STORED, "what data do you store about me"},
	{WISH_STORED, "do you store my questions"},
	{WISH_STORED, "do you keep my questions"},
	{WISH_STORED, "show my data"},
	{WISH_FORGET, "forget me"},
	{WISH_FORGET, "erase me"},
	{WISH_FORGET, "erase it"},
	{WISH_FORGET, "erase my data"},
	{WISH_FORGET, "erase my questions"},
	{WISH_FORGET, "erase everything"},
	{WISH_FORGET, "erase everything about me"},
	{WISH_FORGET, "delete my data"},
	{WISH_FORGET, "delete my questions"},
	{WISH_FORGET, "delete everything about me"},
	{WISH_FORGET, "forget my data"},
	{WISH_FORGET, "forget my questions"},
	{WISH_FORGET, "forget everything about me"},
	{WISH_FORGET, "forget what i asked"},
	{WISH_TOPICS, "topics"},
	{WISH_TOPICS, "all topics"},
	{WISH_TOPICS, "list topics"},
	{WISH_TOPICS, "list of topics"},
	{WISH_TOPICS, "list your topics"},
	{WISH_TOPICS, "show topics"},
	{WISH_TOPICS, "show me topics"},
	{WISH_TOPICS, "your topics"},
	{WISH_ABOUT, "about"},
	{WISH_NEVER_MIND, "never mind"},
	{WISH_NEVER_MIND, "nevermind"},
	{WISH_NEVER_MIND, "nvm"},
	{WISH_NEVER_MIND, "forget it"},
	{WISH_NEVER_MIND, "got it"},
	{WISH_NEVER_MIND, "found it"},
	{WISH_NEVER_MIND, "solved"},
};

static const char *const fillers[] = {"a", "again", "an", "bit", "bot", "can", "could", "for",
	"hey", "hour", "just", "may", "now", "ok", "okay", "please", "pls", "plz", "thanks", "the",
	"then", "while", "will", "would", "you"};

static bool is_filler(const char *word, size_t len)
{
	for (size_t i = 0; i < ARRAY_LEN(fillers); i++)
		if (strlen(fillers[i]) == len && !memcmp(fillers[i], word, len))
			return true;
	return false;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_of_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\'' || (c & 0x80);
}

/* Lower-case words with single blanks between them, without fillers. */
static void reduce(struct buf *out, const char *text)
{
	size_t start = 0;

	buf_clear(out);
	while (*text) {
		if (!is_of_word(lower(*text))) {
			text++;
			continue;
		}
		if (out->len)
			buf_add_char(out, ' ');
		start = out->len;
		while (is_of_word(lower(*text)))
			buf_add_char(out, lower(*text++));
		if (is_filler(out->data + start, out->len - start))
			buf_truncate(out, start ? start - 1 : 0);
	}
}

enum wish wish_of(const char *text)
{
	struct buf said, words;
	enum wish found = WISH_NONE;

	if (strlen(text) > WISH_TEXT_MAX)
		return WISH_NONE;
	buf_init(&said, BUF_LINE);
	buf_init(&words, BUF_LINE);
	reduce(&said, text);
	for (size_t i = 0; !found && i < ARRAY_LEN(wishes); i++) {
		/* None of them begins with a filler. */
		if (said.data[0] != wishes[i].words[0])
			continue;
		reduce(&words, wishes[i].words);
		if (!strcmp(said.data, words.data))
			found = wishes[i].wish;
	}
	buf_release(&words);
	buf_release(&said);
	return found;
}
