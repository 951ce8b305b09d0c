import path from 'node:path';
import prettier from 'prettier';
import ts from 'typescript';
import { Failure, root, runAsScript } from './command.mjs';

const source = path.join(root, 'packages/plugin-api/src');
const entries = [
  ['@danube/plugin-api', 'index'],
  ['@danube/plugin-api/toolkit', 'toolkit/index'],
  ['@danube/plugin-api/testing', 'testing/index'],
];
const introduction = `# Public surface of \`@danube/plugin-api\`

Every declaration that plugins can see, without its comments, by entry point and in the order of names. It is written by
\`npm run generate\` from the sources, and a test compares it with them: a change here is a change of the contract, for which
[Versions of plugins](../plugins/versioning.md) says what may change in which version. [Plugin reference](../plugins/reference.md)
explains what the declarations are for.
`;

/** The page docs/reference/plugin-api.api.md as the sources want it; nothing has to be built for it. */
export async function pluginApiReport() {
  const emitted = declarationFiles();
  const program = ts.createProgram([...emitted.keys()], compilerOptions(), hostOver(emitted));
  const shown = new Set();
  const sections = entries.map(([name, file]) => {
    const { exported, reached } = surfaceOf(program, path.join(source, `${file}.d.ts`), shown);
    const more = reached.length === 0 ? '' : `\nNot exported, but part of what the above says:\n\n${fenced(reached)}`;
    return `\n## \`${name}\`\n\n${fenced(exported)}${more}`;
  });
  const file = path.join(root, 'docs/reference/plugin-api.api.md');
  return prettier.format(introduction + sections.join(''), { ...(await prettier.resolveConfig(file)), filepath: file });
}

function compilerOptions() {
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.base.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  return { ...options, composite: false, incremental: false, declarationMap: false, removeComments: true };
}

/** What the compiler would write for each source file, by the path beside it. */
function declarationFiles() {
  const options = { ...compilerOptions(), emitDeclarationOnly: true };
  const roots = entries.map(([, file]) => path.join(source, `${file}.ts`));
  const program = ts.createProgram(roots, options);
  const files = new Map();
  program.emit(undefined, (file, text) => files.set(path.normalize(file), text));
  return files;
}

function hostOver(files) {
  const host = ts.createCompilerHost(compilerOptions());
  const { fileExists, readFile, getSourceFile } = host;
  return Object.assign(host, {
    // the sources themselves would be preferred to what was written for them
    fileExists: (file) => files.has(file) || (!file.startsWith(source) && fileExists(file)),
    readFile: (file) => files.get(file) ?? readFile(file),
    getSourceFile: (file, ...rest) =>
      files.has(file) ? ts.createSourceFile(file, files.get(file), ...rest) : getSourceFile(file, ...rest),
  });
}

/** The statements that one entry point exports, and those that they refer to and that no earlier entry point has shown. */
function surfaceOf(program, entry, shown) {
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(entry));
  if (module === undefined) throw new Failure(`${entry} exports nothing`);
  const names = new Map(checker.getExportsOfModule(module).map((symbol) => [original(checker, symbol), symbol.name]));
  const all = new Set(names.keys());
  for (const symbol of all) for (const found of referredTo(checker, symbol)) all.add(found);
  const reached = [...all].filter((symbol) => !names.has(symbol) && !shown.has(symbol));
  for (const symbol of all) shown.add(symbol);
  const exported = [...names].flatMap(([symbol, name]) => [...textsOf(symbol), ...renamed(symbol, name)]);
  return { exported: exported.sort(), reached: reached.flatMap(textsOf).sort() };
}

function renamed(symbol, name) {
  return symbol.name === name ? [] : [`export { ${symbol.name} as ${name} };`];
}

function original(checker, symbol) {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function* referredTo(checker, symbol) {
  for (const statement of statementsOf(symbol)) {
    const found = [];
    const visit = (node) => {
      const named = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined;
      if (named !== undefined) found.push(original(checker, named));
      ts.forEachChild(node, visit);
    };
    visit(statement);
    // members, parameters and type parameters stand within a statement; what counts are statements
    yield* found.filter((candidate) => statementsOf(candidate).length > 0);
  }
}

/** The top-level statements of this package that declare a symbol. */
function statementsOf({ declarations = [] }) {
  return declarations
    .map((declaration) => (ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration))
    .filter(({ parent }) => ts.isSourceFile(parent) && parent.fileName.startsWith(source));
}

function textsOf(symbol) {
  return statementsOf(symbol).map((statement) => statement.getText().replace(/^(?:export |declare |default )+/, ''));
}

function fenced(texts) {
  return `\`\`\`ts\n${texts.join('\n\n')}\n\`\`\`\n`;
}

await runAsScript(import.meta.url, async () => void process.stdout.write(await pluginApiReport()));
