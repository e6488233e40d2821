/* Orders that everybody may give: ask, topics, about, privacy. */
#include "order.h"

#include "desk_inner.h"

enum { TOPICS_TOLD = 60 }; /* one a line */

void order_say(struct desk *desk, struct buf *reply, const char *name,
	const struct wording_fill *fills, size_t fill_count)
{
	if (reply->len && reply->data[reply->len - 1] != '\n')
		buf_add_char(reply, '\n');
	wording_add_line(reply, desk->engine, name, desk->aside_turn, fills, fill_count);
}

static void ask(struct desk *desk, const struct turn *turn, const char *text, struct buf *reply)
{
	struct chat_message message = *turn->message;
	struct turn asking = *turn;

	message.body = message.text = text;
	asking.message = &message;
	asking.text = text;
	asking.reply = reply;
	question_consult(desk, &asking);
	/* Who waits for an answer gets one, even where a talk would go silent. */
	if (!reply->len)
		order_say(desk, reply, "not-understood", NULL, 0);
}

static void tell_topics(struct desk *desk, struct buf *reply)
{
	struct answer_topic topics[TOPICS_TOLD];
	size_t count = answer_engine_topics(desk->engine, topics, TOPICS_TOLD);
	char all[24];
	const struct wording_fill fill = {"count", all};

	order_say(desk, reply, "topics", NULL, 0);
	for (size_t i = 0; i < count && i < TOPICS_TOLD; i++)
		buf_addf(reply, "\n- %s", topics[i].title);
	snprintf(all, sizeof(all), "%zu", count);
	if (count > TOPICS_TOLD)
		order_say(desk, reply, "topics-more", &fill, 1);
}

/* What it is, the pack tells; which one it is, we. */
static void tell_about(struct desk *desk, struct buf *reply)
{
	static const char about[] = "about";
	const struct answer_question question = {
		.text = about, .len = strlen(about), .place = ANSWER_DIRECT};
	const struct wording_fill fill = {"version", PACKAGE_VERSION};
	struct answer_reply answer;

	answer_ask(desk->engine, NULL, &question, &answer);
	if (answer.outcome == ANSWER_ANSWER)
		buf_add_str(reply, answer.text);
	order_say(desk, reply, "about", &fill, 1);
}

/* --- privacy --- */

static void add_date(struct buf *out, int64_t wall_ms)
{
	time_t seconds = (time_t)(wall_ms / DESK_SECOND_MS);
	struct tm tm;

	if (gmtime_r(&seconds, &tm))
		buf_addf(out, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

static bool tell_stored(struct desk *desk, const struct turn *turn, struct buf *reply)
{
	char count[24], days[24];
	struct wording_fill fills[] = {{"count", count}, {"days", days}, {"since", NULL}};
	int64_t since_ms = 0;
	size_t stored = 0;
	struct buf since;
	struct err err;

	if (trouble_after(&desk->trouble,
		    journal_count(desk->journal, turn->message->asker, &stored, &since_ms, &err),
		    &err) < 0) {
		order_say(desk, reply, "error-busy", NULL, 0);
		return false;
	}
	snprintf(count, sizeof(count), "%zu", stored);
	snprintf(days, sizeof(days), "%u", journal_keep_days(desk->journal));
	buf_init(&since, BUF_LINE);
	add_date(&since, since_ms);
	fills[2].value = since.data;
	order_say(desk, reply, stored ? "privacy-stored" : "privacy-nothing", fills,
		ARRAY_LEN(fills));
	order_say(desk, reply, "privacy-beyond", NULL, 0);
	buf_release(&since);
	return true;
}

static bool forget(struct desk *desk, const struct turn *turn, struct buf *reply)
{
	char count[24];
	const struct wording_fill fill = {"count", count};
	const char *elder = turn_elder_talk(desk, turn);
	size_t erased = 0;
	struct err err;

	answer_talks_forget(desk->talks, turn_talk(desk, turn));
	if (elder)
		answer_talks_forget(desk->talks, elder);
	if (trouble_after(&desk->trouble,
		    journal_erase(desk->journal, turn->message->asker, &erased, &err), &err) < 0) {
		order_say(desk, reply, "error-busy", NULL, 0);
		return false;
	}
	snprintf(count, sizeof(count), "%zu", erased);
	order_say(desk, reply, erased ? "privacy-erased" : "privacy-nothing", &fill, 1);
	order_say(desk, reply, "privacy-beyond", NULL, 0);
	return true;
}

static bool obey(
	struct desk *desk, const struct turn *turn, const struct order *order, struct buf *reply)
{
	switch (order->kind) {
	case ORDER_ASK:
		ask(desk, turn, order->text, reply);
		return true;
	case ORDER_TOPICS:
		tell_topics(desk, reply);
		return true;
	case ORDER_ABOUT:
		tell_about(desk, reply);
		return true;
	case ORDER_PRIVACY:
		return tell_stored(desk, turn, reply);
	case ORDER_FORGET:
		return forget(desk, turn, reply);
	default:
		return order_obey_admin(desk, turn, order, reply);
	}
}

bool order_obey(
	struct desk *desk, const struct turn *turn, const struct order *order, struct buf *reply)
{
	bool done = obey(desk, turn, order, reply);

	desk->aside_turn++;
	return done;
}
