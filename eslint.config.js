import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

export default ts.config(
  { ignores: ['build', 'data', '.svelte-kit', 'node_modules', 'src/ground/tables.ts'] },
  ...ts.configs.strict,
  ...svelte.configs['flat/recommended'],
  { languageOptions: { parserOptions: { extraFileExtensions: ['.svelte'] } } },
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: ts.parser } } },
  {
    rules: {
      // Where the type cannot know what the line before it made sure of, `!` says so; strict indexing stays on for the rest.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-invalid-void-type': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'ClassDeclaration', message: 'Functions and objects, no classes.' },
        { selector: 'TSEnumDeclaration', message: 'Unions, no enums.' },
      ],
      // Addresses are made by ground/address.ts, which knows the language and the edition.
      'svelte/no-navigation-without-resolve': 'off',
      'svelte/no-at-html-tags': 'error',
      eqeqeq: 'error',
    },
  },
);
