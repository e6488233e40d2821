/* What happens to messages afterwards: corrected, taken back, reacted to. */
#include "desk_inner.h"

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

static size_t find_answers(struct desk *desk, int64_t first, struct journal_answer **answers)
{
	size_t count = 0;
	struct err err;

	trouble_after(&desk->trouble,
		journal_answers(desk->journal, first, desk->pool, answers, &count, &err), &err);
	return count;
}

/* --- corrected --- */

/* An answer still owed is overtaken; the first that was sent is the one to correct, for clients
 * know all later versions by its id (XEP-0308 section 3). */
static void overtake(struct desk *desk, struct turn *turn)
{
	struct journal_answer *answers = NULL;
	size_t count = find_answers(desk, turn->corrects, &answers);
	bool in_room = turn->message->place == CHAT_ROOM;

	for (size_t i = 0; i < count; i++) {
		bool same_place = (answers[i].place == JOURNAL_ROOM) == in_room;

		if (answers[i].state == JOURNAL_OWED)
			delivery_finish(desk, answers[i].id, JOURNAL_GIVEN_UP);
		else if (answers[i].state != JOURNAL_GIVEN_UP && same_place && !turn->replaces)
			turn->replaces = answers[i].id;
	}
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
		overtake(desk, &turn);
	}
	question_answer(desk, &turn);
}

/* --- taken back --- */

static void take_back(
	struct desk *desk, const struct chat_message *message, const struct journal_answer *answer)
{
	if (answer->state == JOURNAL_OWED)
		delivery_finish(desk, answer->id, JOURNAL_GIVEN_UP);
	else if (answer->state == JOURNAL_GIVEN_UP)
		return;
	else if (answer->place != JOURNAL_ROOM && message->asker)
		post_retraction(
			desk, delivery_place(answer->place), message->from, answer->id, NULL);
	else if (answer->place == JOURNAL_ROOM && answer->stanza_id)
		post_retraction(desk, CHAT_ROOM, message->room, answer->id, answer->stanza_id);
	else if (answer->place == JOURNAL_ROOM)
		doomed_add(desk->doomed, message->room, answer->id);
}

void change_take_back(struct desk *desk, const struct chat_message *message, int64_t first)
{
	struct journal_answer *answers = NULL;
	size_t count = find_answers(desk, first, &answers);

	for (size_t i = 0; i < count; i++)
		take_back(desk, message, &answers[i]);
}

void change_confirmed(struct desk *desk, const char *id, const char *stanza_id)
{
	const char *room = doomed_take(desk->doomed, id);

	if (room)
		post_retraction(desk, CHAT_ROOM, room, id, stanza_id);
}

/* Question and answer leave no trace, neither here nor, as far as that can be asked for, there. */
static void undo(struct desk *desk, const struct chat_message *message, int64_t first)
{
	struct err err;

	change_take_back(desk, message, first);
	trouble_after(&desk->trouble, journal_erase_question(desk->journal, first, &err), &err);
}

void change_retract(struct desk *desk, const struct chat_message *message)
{
	struct turn turn = turn_of(desk, message);
	struct journal_row row;

	if (!message->target)
		return;
	if (message->room)
		hold_drop(desk->hold, message->room, message->asker, message->target);
	if (find_question(desk, message, &row) <= 0)
		return;
	answer_talks_forget(desk->talks, turn_talk(desk, &turn));
	undo(desk, message, row.first);
}

void change_moderate(struct desk *desk, const struct chat_message *message)
{
	struct journal_row row;
	struct err err;
	int found;

	if (!message->target || !message->room)
		return;
	hold_drop(desk->hold, message->room, NULL, message->target);
	found = find_question(desk, message, &row);
	if (found > 0)
		undo(desk, message, row.first);
	else if (found == 0)
		/* If it was an answer of ours, a moderator thinks little of it. */
		trouble_after(&desk->trouble,
			journal_feedback(
				desk->journal, message->target, message->room, -1, false, &err),
			&err);
}

/* --- reacted to --- */

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

	if (!message->target || desk_ignores(desk, message))
		return;
	trouble_after(&desk->trouble,
		journal_feedback(desk->journal, message->target, message->asker,
			opinion_in(reactions), !*reactions, &err),
		&err);
}
