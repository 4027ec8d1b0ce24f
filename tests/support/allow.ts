import type { Permission } from '#app/people/permission'
import Role from '#app/people/roles/role'
import User from '#app/people/user'
import { newId } from '#app/core/ids'

/** Gives somebody of the center these permissions and no others. */
export async function allow(login: string, permissions: Permission[]): Promise<void> {
  const user = await User.findByOrFail('login', login)
  const role = await Role.firstOrCreate(
    { organizationId: user.organizationId, name: 'いま' },
    { id: newId(), permissions }
  )
  await user.merge({ role: 'made', roleId: role.id, permissions }).save()
}
