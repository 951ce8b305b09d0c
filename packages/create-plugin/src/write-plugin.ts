import { cp, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface NewPlugin {
  /** Absolute path of the folder; its last part is the plugin's id. */
  readonly folder: string;
  /** What package.json asks for as `@danube/plugin-api`: a version range, or `file:…` of a packed one. */
  readonly pluginApi: string;
}

/** Something that the person at the keyboard can put right. */
export class Refusal extends Error {}

const template = fileURLToPath(new URL('../template', import.meta.url));
const idPattern = /^[a-z][a-z0-9-]{0,63}$/;
/** npm leaves a file of the real name out of a package. */
const packedNames: Readonly<Record<string, string>> = {
  'package.template.json': 'package.json',
  gitignore: '.gitignore',
};

/**
 * Writes the files of a forge plugin and answers its id. Writes nothing where it refuses.
 * @throws Refusal for an id that no plugin can have and for a folder that holds something
 */
export async function writePlugin({ folder, pluginApi }: NewPlugin): Promise<string> {
  const id = basename(folder);
  if (!idPattern.test(id)) {
    throw new Refusal(
      `"${id}" cannot be a plugin's id; accepted: lower-case letters, digits and "-", beginning with a letter`,
    );
  }
  if ((await filesOf(folder)).length > 0) throw new Refusal(`${folder} is not empty; give the name of a new folder`);
  await mkdir(folder, { recursive: true });
  await cp(template, folder, { recursive: true });
  for (const [packed, real] of Object.entries(packedNames)) await rename(join(folder, packed), join(folder, real));
  const values = { __id__: id, __Name__: nameOf(id), __plugin_api__: pluginApi };
  for (const file of await filesOf(folder)) await fillIn(join(folder, file), values);
  return id;
}

async function filesOf(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath.slice(folder.length), entry.name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function fillIn(file: string, values: Readonly<Record<string, string>>): Promise<void> {
  let text = await readFile(file, 'utf8');
  for (const [placeholder, value] of Object.entries(values)) text = text.replaceAll(placeholder, value);
  await writeFile(file, text);
}

/** For people: `my-forge` becomes `My-Forge`. */
function nameOf(id: string): string {
  return id.replaceAll(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());
}
