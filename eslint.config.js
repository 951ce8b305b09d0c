import { createRequire } from 'node:module';
import tseslint from 'typescript-eslint';

const solid = createRequire(new URL('ui/package.json', import.meta.url))('eslint-plugin-solid');

const noAmbient = [{ name: 'console', message: 'Use the Logger port; only cli/ prints.' }];

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '.danube/**',
      'sdk/**',
      '**/fixtures/**',
      'packages/create-plugin/template/**',
      '**/*.mjs',
      'ui/src/api/schema.ts',
      'eslint.config.js',
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { project: ['./tsconfig.check.json', './ui/tsconfig.json'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['ui/src/**/*.{ts,tsx}'],
    ...solid.configs['flat/typescript'],
    languageOptions: {},
    rules: { ...solid.configs['flat/typescript'].rules, 'no-restricted-globals': ['error', ...noAmbient] },
  },
  {
    ignores: ['packages/core/src/composition/create-container.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "ImportDeclaration[source.value='tsyringe'] ImportSpecifier[imported.name='container']",
          message: 'The global container is banned: build a child container in composition/create-container.ts.',
        },
      ],
    },
  },
  {
    files: [
      'packages/core/src/{domain,services,adapters,plugins,builtin,composition}/**/*.ts',
      'packages/plugin-*/src/**/*.ts',
    ],
    rules: { 'no-restricted-globals': ['error', ...noAmbient] },
  },
);
