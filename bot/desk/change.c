/* What happens to messages afterwards: corrected, taken back, reacted to. */
#include "desk-inner.h"

/* So long an answer is corrected along with its question. */
enum { CORRECT_WITHIN_MS = 2 * DESK_MINUTE_MS };

static int find_question(
	struct desk *desk, const struct chat_message *message, struct journal_row *row)
{
	struct err err;

	return trouble_after(&desk->trouble,
		journal_find(desk->journal, message->asker, message->room, message->target,
			desk->pool, row, &err),
		&err);
}

void change_correct(struct desk *desk, const struct chat_message *message)
{
	struct turn turn = turn_of(desk, message);
	struct journal_row row;
	int found;

	if (!message->target || !message->text)
		return;
	if (message->room &&
		hold_drop(desk->hold, message->room, message->asker, message->target) &&
		!message->addressed) {
		struct chat_message anew = *message;

		anew.target = NULL;
		question_overhear(desk, &anew);
		return;
	}
	found = find_question(desk, message, &row);
	if (found < 0 || (!found && !message->addressed))
		return;
	if (found && turn.asked_ms - row.asked_ms > CORRECT_WITHIN_MS) {
		turn_see(desk, &turn);
		return;
	}
	if (found) {
		turn.corrects = row.first;
		turn.overheard = !message->addressed;
		/* One still owed is overtaken; one that was sent is corrected. */
		if (row.state == JOURNAL_OWED)
			delivery_finish(desk, row.reply, JOURNAL_GIVEN_UP);
		else if (row.state != JOURNAL_GIVEN_UP)
			turn.replaces = row.reply;
	}
	question_answer(desk, &turn);
}

void change_retract(struct desk *desk, const struct chat_message *message)
{
	bool in_room = message->place == CHAT_ROOM;
	struct journal_row row;
	const char *answer;
	struct err err;

	if (!message->target)
		return;
	if (message->room)
		hold_drop(desk->hold, message->room, message->asker, message->target);
	if (find_question(desk, message, &row) <= 0)
		return;
	trouble_after(&desk->trouble, journal_erase_question(desk->journal, row.first, &err), &err);
	answer = in_room ? row.reply_stanza : row.reply;
	if (answer && desk->wire.retract)
		desk->wire.retract(desk->wire.userdata, message->place,
			in_room ? message->room : message->from, answer);
}

/* By their beginnings: a colour of skin or a form may follow. */
static int opinion_in(const char *reactions)
{
	static const struct {
		const char *emoji;
		int liked;
	} opinions[] = {{"👍", 1}, {"❤", 1}, {"🙏", 1}, {"👏", 1}, {"🎉", 1}, {"💯", 1}, {"😀", 1},
		{"🙂", 1}, {"😍", 1}, {"✅", 1}, {"👎", -1}, {"😕", -1}, {"🙁", -1}, {"☹", -1},
		{"😠", -1}, {"😡", -1}, {"🤦", -1}, {"💩", -1}, {"❌", -1}};

	for (size_t i = 0; i < ARRAY_LEN(opinions); i++)
		if (strstr(reactions, opinions[i].emoji))
			return opinions[i].liked;
	return 0;
}

void change_react(struct desk *desk, const struct chat_message *message)
{
	const char *reactions = message->body ? message->body : "";
	struct err err;

	if (!message->target)
		return;
	trouble_after(&desk->trouble,
		journal_feedback(desk->journal, message->target, message->asker,
			opinion_in(reactions), !*reactions, &err),
		&err);
}
