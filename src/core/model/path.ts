/** Posix paths relative to the repository, where `.` is the repository itself. */

/** The last segment; `.` for the repository itself. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folder that holds `path`; `.` at the top, and for `.` itself. */
export function parentFolder(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '.' : path.slice(0, slash);
}

/** `name` inside `folder`. */
export function joinPath(folder: string, name: string): string {
  return folder === '.' ? name : `${folder}/${name}`;
}

/** Every folder above `path`, nearest first, ending with `.`; empty for `.` itself. */
export function foldersAbove(path: string): readonly string[] {
  const folders: string[] = [];
  for (let at = path; at !== '.'; folders.push(at)) at = parentFolder(at);
  return folders;
}

/** `path` as seen from `folder`, one of the folders above it. */
export function relativeTo(folder: string, path: string): string {
  return folder === '.' ? path : path.slice(folder.length + 1);
}
