#include "exchange.h"

#include "json.h"

/* Confidence is fixed on every machine to two decimals, and shown so. */
static json_t *share(double value)
{
	return json_real((double)(int64_t)(value * 100 + 0.5) / 100);
}

static json_t *text(const char *value)
{
	return json_text(value ? value : "", value ? strlen(value) : 0);
}

static json_t *id_array(const struct answer_ids *ids)
{
	json_t *array = json_array();

	for (size_t i = 0; i < ids->count; i++)
		json_array_append_new(array, text(ids->ids[i]));
	return array;
}

/* The parts of a list written as text, without what separates them. */
static json_t *split(const char *list, const char *separator)
{
	json_t *array = json_array();
	const char *next;

	for (; list && *list; list = next) {
		const char *end = strstr(list, separator);

		next = end ? end + strlen(separator) : list + strlen(list);
		if (!end)
			end = next;
		if (end > list)
			json_array_append_new(array, json_text(list, (size_t)(end - list)));
	}
	return array;
}

/* "" for a reading that stands nowhere: that it is foreign talk. */
static json_t *place_text(struct place at)
{
	return at.line ? json_sprintf("%s:%u:%u", at.path, at.line, at.col) : text("");
}

static json_t *explain_object(const struct answer_explanation *explanation)
{
	json_t *object = json_object(), *candidates = json_array();

	for (size_t i = 0; i < explanation->candidate_count; i++) {
		const struct answer_candidate *candidate = &explanation->candidates[i];
		json_t *item = json_object();

		json_object_set_new(item, "id", text(candidate->id));
		json_object_set_new(item, "score", share(candidate->score));
		json_object_set_new(item, "place", place_text(candidate->at));
		json_object_set_new(item, "evidence", text(candidate->evidence));
		json_object_set_new(item, "unused", split(explanation->unused, " "));
		json_array_append_new(candidates, item);
	}
	json_object_set_new(object, "normalised", text(explanation->normalised));
	json_object_set_new(object, "repairs", split(explanation->repairs, ", "));
	json_object_set_new(object, "concepts", text(explanation->concepts));
	json_object_set_new(object, "rule", text(explanation->rule));
	json_object_set_new(object, "unused", split(explanation->unused, " "));
	json_object_set_new(object, "candidates", candidates);
	return object;
}

int exchange_put_json(FILE *out, const struct exchange *exchange, struct err *err)
{
	const struct answer_reply *reply = exchange->reply;
	json_t *object = json_object();

	json_object_set_new(object, "question", json_text(exchange->question, exchange->len));
	json_object_set_new(object, "outcome", text(answer_outcome_name(reply->outcome)));
	json_object_set_new(object, "answers", id_array(&reply->answers));
	json_object_set_new(object, "nearest", id_array(&reply->nearest));
	json_object_set_new(object, "suggest", id_array(&reply->suggest));
	json_object_set_new(object, "text", text(reply->text));
	json_object_set_new(object, "confidence", share(reply->confidence));
	json_object_set_new(object, "us", json_integer(exchange->us));
	if (reply->explanation)
		json_object_set_new(object, "explain", explain_object(reply->explanation));
	return json_put_line(out, object, err);
}
