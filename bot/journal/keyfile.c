#include "keyfile.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"

/* Reads up to len bytes; returns how many there were, -1 with errno set. */
static ssize_t read_up_to(int fd, unsigned char *out, size_t len)
{
	size_t have = 0;

	while (have < len) {
		ssize_t got = read(fd, out + have, len - have);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (!got)
			break;
		have += (size_t)got;
	}
	return (ssize_t)have;
}

static int read_key(unsigned char out[KEYFILE_SIZE], int fd, const char *path, struct err *err)
{
	unsigned char bytes[KEYFILE_SIZE + 1];
	ssize_t got;

	if (fchmod(fd, 0600) < 0)
		return err_set_errno(err, errno, "%s: cannot be kept from others", path);
	got = read_up_to(fd, bytes, sizeof(bytes));
	if (got < 0)
		return err_set_errno(err, errno, "%s", path);
	if (got != KEYFILE_SIZE)
		return err_set(err, ERR_INPUT,
			"%s: is no key of %d bytes; remove it, and a new one is made "
			"(askers written down under the old one are then strangers)",
			path, KEYFILE_SIZE);
	memcpy(out, bytes, KEYFILE_SIZE);
	return 0;
}

/* Written whole under another name first: a key cut short by a crash would lock us out. */
static int make_key(const char *path, const struct chance *chance, struct err *err)
{
	unsigned char key[KEYFILE_SIZE];
	struct buf draft;
	int ret = -1;
	int fd;

	chance->fill(chance->userdata, key, sizeof(key));
	buf_init(&draft, BUF_LINE);
	buf_addf(&draft, "%s.new", path);
	unlink(draft.data);
	fd = open(draft.data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0) {
		err_set_errno(err, errno, "%s", path);
		goto out;
	}
	if (write(fd, key, sizeof(key)) != (ssize_t)sizeof(key) || fsync(fd) < 0 ||
		rename(draft.data, path) < 0) {
		err_set_errno(err, errno, "%s", path);
		unlink(draft.data);
		goto out;
	}
	ret = 0;
out:
	if (fd >= 0)
		close(fd);
	buf_release(&draft);
	return ret;
}

int keyfile_load(unsigned char out[KEYFILE_SIZE], const char *path, const struct chance *chance,
	struct err *err)
{
	int ret;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0 && errno == ENOENT) {
		if (make_key(path, chance, err) < 0)
			return -1;
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	}
	if (fd < 0)
		return err_set_errno(err, errno, "%s", path);
	ret = read_key(out, fd, path, err);
	close(fd);
	return ret;
}
