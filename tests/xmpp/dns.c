#include "dns.h"

enum { TYPE_A = 1, TYPE_SRV = 33, CLASS_IN = 1, NAME_IN_QUESTION = 0xC00C, ANSWERS_AT = 7 };

static void put16(struct dns *dns, unsigned value)
{
	dns->bytes[dns->len++] = (unsigned char)(value >> 8);
	dns->bytes[dns->len++] = (unsigned char)value;
}

static void put_name(struct dns *dns, const char *name)
{
	while (*name) {
		size_t label = strcspn(name, ".");

		dns->bytes[dns->len++] = (unsigned char)label;
		memcpy(dns->bytes + dns->len, name, label);
		dns->len += label;
		name += label + (name[label] == '.');
	}
	dns->bytes[dns->len++] = 0;
}

void dns_begin(struct dns *dns, const char *name)
{
	*dns = (struct dns){0};
	put16(dns, 0x1234); /* id */
	put16(dns, 0x8180); /* an answer, without error */
	put16(dns, 1);      /* questions */
	put16(dns, 0);      /* answers, counted when they are added */
	put16(dns, 0);
	put16(dns, 0);
	put_name(dns, name);
	put16(dns, TYPE_SRV);
	put16(dns, CLASS_IN);
}

static void add(struct dns *dns, unsigned type, const struct dns *data)
{
	dns->bytes[ANSWERS_AT]++;
	put16(dns, NAME_IN_QUESTION);
	put16(dns, type);
	put16(dns, CLASS_IN);
	put16(dns, 0); /* time to live */
	put16(dns, 60);
	put16(dns, (unsigned)data->len);
	memcpy(dns->bytes + dns->len, data->bytes, data->len);
	dns->len += data->len;
}

void dns_add_srv(
	struct dns *dns, uint16_t priority, uint16_t weight, uint16_t port, const char *target)
{
	struct dns data = {0};

	put16(&data, priority);
	put16(&data, weight);
	put16(&data, port);
	put_name(&data, target);
	add(dns, TYPE_SRV, &data);
}

void dns_add_address(struct dns *dns)
{
	struct dns data = {0};

	put16(&data, 0xC000);
	put16(&data, 0x0201);
	add(dns, TYPE_A, &data);
}
