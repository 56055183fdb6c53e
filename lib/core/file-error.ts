/** Why a file could not be read or written, and what to do about it. */
export interface FileErrorReason {
  /** Without subject and full stop: `there is no such file or folder`. */
  readonly message: string;
  readonly hint: string;
}

const REASONS: Readonly<Record<string, FileErrorReason>> = {
  EACCES: { message: 'permission is denied', hint: 'Change its permissions, or choose another place.' },
  EEXIST: { message: 'something of that name is there already', hint: 'Move it away, or choose another place.' },
  EIO: { message: 'the disk or the file system does not answer', hint: 'Try another place.' },
  EISDIR: { message: 'it is a folder, and a file is needed', hint: 'Name a file in it.' },
  ENAMETOOLONG: { message: 'its name is too long', hint: 'Choose a shorter one.' },
  ENOENT: { message: 'there is no such file or folder', hint: 'Check the path.' },
  ENOSPC: { message: 'there is no room on the disk', hint: 'Make some.' },
  ENOTDIR: { message: 'it is a file, or lies below one, and a folder is needed', hint: 'Choose another place.' },
  EPERM: { message: 'the system does not permit it', hint: 'Change its permissions, or choose another place.' },
  EROFS: { message: 'the file system is read-only', hint: 'Choose another place.' },
};

/** In words, what a person can mend about an error of the file system; `undefined` for all other errors. */
export function describeFileError(error: unknown): FileErrorReason | undefined {
  return error instanceof Error && 'code' in error ? REASONS[String(error.code)] : undefined;
}
