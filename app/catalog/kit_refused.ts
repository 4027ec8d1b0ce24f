/** A fault of a definition; the key of a message. */
export type KitProblem =
  | 'no_file'
  | 'not_json'
  | 'not_a_zip'
  | 'too_many_files'
  | 'not_a_service'
  | 'described_twice'
  | 'not_described'
  | 'person_unknown'
  | 'page_gap'
  | 'form_waits'
  | 'unknown_word'
  | 'asks_secrets'
  | 'open_at_home'
  | 'keying_not_enough'
  | 'no_client'
  | 'others_service'
  | 'too_long'
  | 'draft_exists'
  | 'no_place'
  | 'wrong_page'
  | 'not_a_form'
  | 'other_form'
  | 'number_open'
  | 'unfit_place'
  | 'no_letter'
  | 'not_a_picture'
  | 'no_return_address'

/** Something in a kit is missing or doesn't describe a service: what, and where. */
export class KitRefused extends Error {
  constructor(
    readonly problem: KitProblem,
    readonly at: string,
    message: string
  ) {
    super(`${at}: ${message}`)
  }
}
