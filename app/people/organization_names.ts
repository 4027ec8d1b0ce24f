import Organization from '#app/people/organization'

/** Names of all organizations by id. */
export async function organizationNames(): Promise<Map<string, string>> {
  const organizations = await Organization.query().select('id', 'name')
  return new Map(organizations.map(({ id, name }) => [id, name]))
}
