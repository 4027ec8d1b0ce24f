import type { Policy } from '#app/identity/policy'

export default {
  /** Uploading scans and watching them. */
  upload: (user) => ['desk', 'leader', 'center_admin'].includes(user.role),
  /** Whole pages: those who handle the submission, and the client whose it is. Never operators. */
  seePages: (user) => user.role !== 'operator',
} satisfies Policy
