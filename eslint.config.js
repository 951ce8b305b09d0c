import tseslint from 'typescript-eslint';

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
      'packages/core/src/adapters/http/start-page/**',
      'eslint.config.js',
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { project: ['./tsconfig.check.json'], tsconfigRootDir: import.meta.dirname },
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
