const part = '[a-z0-9][a-z0-9._-]*';
const packageName = new RegExp(`^(@${part}/)?${part}$`);

/** Whether text is the name of a package and nothing that could lead a path elsewhere. */
export function isPackageName(name: string): boolean {
  return name.length <= 214 && packageName.test(name);
}
