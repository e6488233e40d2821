#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"

int file_read(struct buf *out, const char *path, struct err *err)
{
	char chunk[16 * 1024];
	struct stat st;
	ssize_t got;
	int ret = -1;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return err_set_errno(err, errno, "%s", path);
	if (fstat(fd, &st) < 0) {
		err_set_errno(err, errno, "%s", path);
		goto out;
	}
	if (S_ISDIR(st.st_mode)) {
		err_set(err, ERR_INPUT, "%s: is a folder, a file was expected", path);
		goto out;
	}
	while ((got = read(fd, chunk, sizeof(chunk))) != 0) {
		if (got < 0) {
			if (errno == EINTR)
				continue;
			err_set_errno(err, errno, "%s", path);
			goto out;
		}
		if ((size_t)got > out->cap - out->len) {
			err_set(err, ERR_LIMIT, "%s: longer than %zu bytes", path, out->cap);
			goto out;
		}
		buf_add(out, chunk, (size_t)got);
	}
	ret = 0;
out:
	close(fd);
	return ret;
}
