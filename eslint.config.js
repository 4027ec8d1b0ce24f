import { configApp } from '@adonisjs/eslint-config'

export default configApp(
  { ignores: ['.adonisjs/**', 'database/schema.ts', 'public/**', 'storage/**'] },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@unicorn/filename-case': 'off',
      '@unicorn/no-await-expression-member': 'off',
    },
  }
)
