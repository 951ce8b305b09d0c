import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const entries = ['index', 'toolkit/index', 'testing/index'].map((name) => `${root}packages/plugin-api/src/${name}.ts`);

function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.parseConfigFileTextToJson('', readFileSync(`${root}tsconfig.base.json`, 'utf8')) as {
    readonly config: { readonly compilerOptions: object };
  };
  return ts.convertCompilerOptionsFromJson(config.compilerOptions, root).options;
}

/** The exported symbols of an entry point, and the methods of each. */
function publicSymbols(program: ts.Program, entry: string): readonly (readonly [string, ts.Symbol])[] {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${entry} exports nothing`);
  return checker.getExportsOfModule(module).flatMap((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const methods = [...(symbol.members?.values() ?? [])].filter(
      (member) => member.flags & ts.SymbolFlags.Method && !isPrivate(member),
    );
    return [
      [exported.name, symbol] as const,
      ...methods.map((method) => [`${exported.name}.${method.name}`, method] as const),
    ];
  });
}

function isPrivate({ declarations = [] }: ts.Symbol): boolean {
  return declarations.some((one) => ts.isMethodDeclaration(one) && ts.isPrivateIdentifier(one.name));
}

test('every public symbol of the contract, and every method of one, says what it is', () => {
  const program = ts.createProgram(entries, compilerOptions());
  const symbols = entries.flatMap((entry) => publicSymbols(program, entry));
  expect(symbols.map(([name]) => name)).toEqual(expect.arrayContaining(['Forge.parseEvent', 'ForgeApi.call']));
  const silent = symbols.filter(([, symbol]) => symbol.getDocumentationComment(program.getTypeChecker()).length === 0);
  expect(silent.map(([name]) => name)).toEqual([]);
}, 60_000);
