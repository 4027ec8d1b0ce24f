import db from '@adonisjs/lucid/services/db'

/**
 * The database fails whenever more than so many rows of an import are marked as done: as if the worker died after that
 * part. Gives back how to mend it.
 */
export async function failingAfter(
  table: 'ledger_imports' | 'register_imports',
  rows: number
): Promise<() => Promise<void>> {
  const owner = db.connection('owner')
  await owner.rawQuery(`
    create function fail_${table}() returns trigger language plpgsql as
      $$ begin raise exception 'the part after row ${rows} fails'; end $$;
    create trigger fail_${table} before update on ${table} for each row
      when (new.rows_done > ${rows}) execute function fail_${table}()`)
  return async () => {
    await owner.rawQuery(`drop function if exists fail_${table}() cascade`)
  }
}
