#include "picture.h"

#include "buf.h"
#include "file.h"

/* Signature, then a chunk of 13 bytes that is called IHDR: width and height come first in it. */
static const char head[] = "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR";

enum { HEAD_LEN = sizeof(head) - 1, SIZES_LEN = 8, SIDE_MAX = 4096 };

static unsigned number_at(const char *bytes)
{
	const unsigned char *b = (const unsigned char *)bytes;

	return (unsigned)b[0] << 24 | (unsigned)b[1] << 16 | (unsigned)b[2] << 8 | b[3];
}

static bool is_side(unsigned pixels)
{
	return pixels > 0 && pixels <= SIDE_MAX;
}

int picture_read(struct picture *picture, struct buf *bytes, const char *path, struct err *err)
{
	struct picture read;
	struct err why;

	if (file_read(bytes, path, &why) < 0) {
		if (why.code == ERR_LIMIT)
			return err_set(err, ERR_LIMIT, "has over %d KiB", PICTURE_MAX / 1024);
		return err_set(err, why.code, "cannot be read");
	}
	if (bytes->len < HEAD_LEN + SIZES_LEN || memcmp(bytes->data, head, HEAD_LEN) != 0)
		return err_set(err, ERR_INPUT, "is no PNG picture");
	read.width = number_at(bytes->data + HEAD_LEN);
	read.height = number_at(bytes->data + HEAD_LEN + 4);
	if (!is_side(read.width) || !is_side(read.height))
		return err_set(err, ERR_INPUT, "is no picture of a bearable size");
	*picture = read;
	return 0;
}
