#include "mem.h"

static void *checked(void *p)
{
	if (!p) {
		fputs("careerbot: out of memory\n", stderr);
		abort();
	}
	return p;
}

static size_t bytes(size_t count, size_t size)
{
	size_t n;

	if (__builtin_mul_overflow(count, size, &n))
		checked(NULL);
	return n ? n : 1;
}

void *mem_alloc(size_t count, size_t size)
{
	return checked(calloc(1, bytes(count, size)));
}

void *mem_resize(void *p, size_t count, size_t size)
{
	return checked(realloc(p, bytes(count, size)));
}

char *mem_strdup(const char *text)
{
	return text ? mem_strndup(text, strlen(text)) : NULL;
}

char *mem_strndup(const char *text, size_t len)
{
	char *copy = mem_alloc(len + 1, 1);

	memcpy(copy, text, len);
	return copy;
}

void mem_free(void *p)
{
	free(p);
}

void *mem_grow(void *items, size_t *cap, size_t need, size_t size)
{
	size_t wanted = *cap + *cap / 2 + 8;

	if (wanted < need)
		wanted = need;
	items = mem_resize(items, wanted, size);
	*cap = wanted;
	return items;
}
