import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Refusal } from './refusal.js';

export interface NewPlugin {
  /** Absolute path of the folder; its last part is the plugin's id. */
  readonly folder: string;
  /** What package.json asks for as `@danube/plugin-api`: a version range, or `file:…` of a packed one. */
  readonly pluginApi: string;
}

const template = fileURLToPath(new URL('../template', import.meta.url));
const idPattern = /^[a-z][a-z0-9-]{0,63}$/;
/** npm leaves a file of the real name out of a package. */
const packedNames: Readonly<Record<string, string>> = {
  'package.template.json': 'package.json',
  gitignore: '.gitignore',
};

/**
 * Writes the files of a forge plugin and answers its id. Leaves nothing behind where it fails.
 * @throws Refusal for an id that no plugin can have, and for a folder that holds something or cannot be written
 */
export async function writePlugin({ folder, pluginApi }: NewPlugin): Promise<string> {
  const id = basename(folder);
  if (!idPattern.test(id)) {
    throw new Refusal(
      `"${id}" cannot be a plugin's id; accepted: lower-case letters, digits and "-", beginning with a letter`,
    );
  }
  if (!(await isNew(folder))) throw new Refusal(`${folder} is not empty; give the name of a new folder`);
  const made = await mkdir(folder, { recursive: true }).catch(unwritable(folder));
  try {
    await fill(folder, { __id__: id, __Name__: nameOf(id), __plugin_api__: pluginApi });
  } catch (error) {
    for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
    if (made !== undefined) await rm(made, { recursive: true, force: true });
    return unwritable(folder)(error as NodeJS.ErrnoException);
  }
  return id;
}

async function isNew(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return true;
    if (code === 'ENOTDIR') throw new Refusal(`${folder} is a file, or below one; give the name of a new folder`);
    return unwritable(folder)(error as NodeJS.ErrnoException);
  }
}

function unwritable(folder: string): (error: NodeJS.ErrnoException) => never {
  return ({ code, message }) => {
    throw new Refusal(`${folder} cannot be written (${code ?? message}); choose a folder that you may write to`);
  };
}

async function fill(folder: string, values: Readonly<Record<string, string>>): Promise<void> {
  await cp(template, folder, { recursive: true });
  for (const [packed, real] of Object.entries(packedNames)) await rename(join(folder, packed), join(folder, real));
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) if (entry.isFile()) await fillIn(join(entry.parentPath, entry.name), values);
}

async function fillIn(file: string, values: Readonly<Record<string, string>>): Promise<void> {
  let text = await readFile(file, 'utf8');
  for (const [placeholder, value] of Object.entries(values)) text = text.replaceAll(placeholder, () => value);
  await writeFile(file, text);
}

/** For people: `my-forge` becomes `My-Forge`. */
function nameOf(id: string): string {
  return id.replaceAll(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());
}
