import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Rooms whose code must give the same answer everywhere: no clock, no chance, no locale, no asynchrony. */
const pureRooms = ['src/kernel/**/*.ts', 'src/stats/**/*.ts', 'src/model/**/*.ts', 'src/kinds/**/*.ts'];

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'node_modules/', 'bin/'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: 'error',
      'max-lines': ['error', { max: 320, skipBlankLines: false, skipComments: false }],
    },
  },
  {
    files: pureRooms,
    rules: {
      'no-restricted-globals': ['error', 'Date', 'Intl', 'Promise', 'setTimeout', 'setInterval', 'queueMicrotask'],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Draws come from named streams.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: ':function[async=true]', message: 'Simulated time has no promises.' },
        { selector: 'CallExpression[callee.property.name=/^toLocale/]', message: 'The answer must not depend on a locale.' },
        { selector: 'CallExpression[callee.property.name="localeCompare"]', message: 'The answer must not depend on a locale.' },
      ],
    },
  },
  { files: ['**/*.cjs', '**/*.mjs'], languageOptions: { globals: { module: 'writable', process: 'readonly' } } },
  { files: ['test/**/*.ts', 'bench/**/*.ts'], rules: { '@typescript-eslint/no-unused-expressions': 'off', 'max-lines': 'off' } },
);
