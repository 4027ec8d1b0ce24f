import type ServiceVersion from '#app/catalog/service_version'
import type Submission from '#app/submissions/submission'

/** Somebody's request, as far as it is known. */
export interface AskedFor {
  submission: Submission
  version: ServiceVersion
  /** the value of a field; empty where there is none */
  value(field: string | undefined): string
  /** a dose after the first */
  dose?: string
  /** told apart from everybody, whatever the values say */
  apart?: boolean
}
