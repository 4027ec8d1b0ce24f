import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { submissionListeners } from '#app/submissions/submission_listener'

/** Bytes that aren't sealed, or are no submission's: whose they are, and when they go. */
const NOT_OF_A_SUBMISSION: Record<string, string> = {
  'blank_forms.file': 'a city’s empty form',
  'draft_pages.image': 'a city’s empty form',
  'draft_papers.file': 'a city’s empty form',
  'enclosed_forms.file': 'a city’s empty form',
  'enclosed_form_pages.picture': 'a city’s empty form',
  'form_pages.image': 'a city’s empty form',
  'form_papers.file': 'a city’s empty form',
  'guide_pictures.image': 'invented handwriting',
  'event_days.hash': 'a hash of events, which hold no personal data',
  'event_seals.hash': 'a hash of events, which hold no personal data',
  'contact_stops.person': 'to whom nothing is sent, kept by the client until it ends',
  'refused_numbers.phone': 'where nobody is called, kept by the client until it is called again',
  'relatives.person': 'who may hear, until consent ends',
  'reply_wishes.wish': 'how somebody wants to be answered, until it ends',
  'register_people.values': 'the client’s register',
  'register_changes.values': 'the client’s register',
  'register_imports.name': 'the client’s register',
  'ledger_rows.values': 'the client’s ledger, emptied by the client',
  'ledger_imports.name': 'the client’s ledger',
  'consultations.notes': 'of a consultation',
  'lesson_places.person': 'of a lesson',
  'second_factors.secret': 'of somebody who works here',
  'incidents.story': 'what happened and was done, as evidence',
  'operator_details.contact': 'of somebody who works here',
  'operator_details.account': 'of somebody who works here',
  'mails.content': 'gone once it has left; an answer’s is withdrawn with the answer',
  'mail_servers.sealed_password': 'of the installation',
  'mail_inboxes.sealed_password': 'of the installation',
  'pieces.given': 'of a batch of work, which goes with its own time',
  'pieces.name': 'of a batch of work, which goes with its own time',
  'pieces.note': 'of a batch of work, which goes with its own time',
  'batches.note': 'of a batch of work, which goes with its own time',
  'mailings.note': 'of a client’s list, which goes with its own time',
  'mailings.proofs': 'of a client’s list, which goes with its own time',
  'answer_files.name': 'of a batch of work, which goes with its own time',
  'piece_answers.given': 'of a batch of work, which goes with its own time',
  'work_pictures.picture': 'a picture beside instructions',
}

test.group('Erasing', () => {
  test('reaches every sealed column of the schema: some room says that it erases it', async ({
    assert,
  }) => {
    const columns: { name: string }[] = await db
      .from('information_schema.columns')
      .where({ table_schema: 'public', data_type: 'bytea' })
      .select(db.raw(`table_name || '.' || column_name as name`))
    const erased = submissionListeners.all().flatMap((listener) => listener.seals)
    // The submission's own, with its own key.
    const own = ['revision_values.value']
    assert.sameMembers(
      [...erased, ...own, ...Object.keys(NOT_OF_A_SUBMISSION)],
      columns.map((column) => column.name)
    )
  })
})
