import { manyToMany } from '@adonisjs/lucid/orm'
import type { ManyToMany } from '@adonisjs/lucid/types/relations'
import { TeamSchema } from '#database/schema'
import User from '#app/people/user'

/** Some people with a leader, to whom batches are given: their packs are offered to them alone. */
export default class Team extends TeamSchema {
  @manyToMany(() => User, { pivotTable: 'team_members' })
  declare members: ManyToMany<typeof User>
}
