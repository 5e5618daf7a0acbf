/** How a Python index tells when versions were published: the simple API in its JSON form, with upload times. */
import * as z from 'zod';
import { byText } from '../../core/model/order.ts';
import { readInstant } from '../../core/model/instant.ts';
import { readBytes } from '../lib/http-get.ts';
import { versionOfFile } from './file-version.ts';
import { TOO_LARGE, type RegistryKind, type ReleaseReading } from './registry-kind.ts';
import { parseJson } from '../../core/model/json.ts';

const fileSchema = z.object({
  filename: z.string(),
  'upload-time': z.string().nullish().catch(undefined),
  // A reason, or whether it is.
  yanked: z.union([z.boolean(), z.string()]).nullish().catch(undefined),
});

/** https://packaging.python.org/en/latest/specifications/simple-repository-api/#json-serialization */
const pageSchema = z.object({ files: z.array(fileSchema) });

type IndexFile = z.infer<typeof fileSchema>;

export const pythonIndex: RegistryKind = {
  accept: 'application/vnd.pypi.simple.v1+json',
  isName: (name) => name.length <= 214 && /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(name),
  addressOf: (base, name) => new URL(`./${name}/`, base).href,
  read: async (name, body, maxBytes) => {
    const bytes = await readBytes(body, maxBytes);
    if (bytes === null) return TOO_LARGE;
    const page = pageSchema.safeParse(parseJson(bytes.toString('utf8')));
    return page.success ? toReading(name, page.data.files) : NO_PAGE;
  },
};

const NO_PAGE: ReleaseReading = { status: 'invalid', detail: 'it does not speak the JSON form of the simple API' };
const NO_TIMES: ReleaseReading = { status: 'invalid', detail: 'it gives no upload times' };

/** A version is there since its first file, and taken back when every file of it is. */
function toReading(name: string, files: readonly IndexFile[]): ReleaseReading {
  if (files.length > 0 && files.every((file) => readTime(file) === undefined)) return NO_TIMES;
  const versions = [...groupByVersion(name, files)];
  return {
    status: 'read',
    published: versions.flatMap(([version, group]) => {
      const [at] = group.flatMap((file) => readTime(file) ?? []).sort(byText);
      return at === undefined || group.every(isYanked) ? [] : [{ version, at }];
    }),
    withdrawn: versions.flatMap(([version, group]) => (group.every(isYanked) ? [version] : [])),
  };
}

function groupByVersion(name: string, files: readonly IndexFile[]): ReadonlyMap<string, readonly IndexFile[]> {
  const groups = new Map<string, IndexFile[]>();
  for (const file of files) {
    const version = versionOfFile(name, file.filename);
    if (version === undefined) continue;
    const group = groups.get(version);
    if (group === undefined) groups.set(version, [file]);
    else group.push(file);
  }
  return groups;
}

/** An empty reason is a reason: only `false` and absence mean that it stands. */
function isYanked({ yanked }: IndexFile): boolean {
  return yanked !== undefined && yanked !== null && yanked !== false;
}

function readTime(file: IndexFile): string | undefined {
  return readInstant(file['upload-time'] ?? '') ?? undefined;
}
