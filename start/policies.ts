/** Who may do what, by domain. A route names its policy and action: `middleware.may(['intake', 'upload'])`. */
export const policies = {
  catalog: () => import('#app/catalog/catalog_policy'),
  identity: () => import('#app/identity/identity_policy'),
  intake: () => import('#app/intake/intake_policy'),
  work: () => import('#app/work/work_policy'),
  submissions: () => import('#app/submissions/submission_policy'),
  bookings: () => import('#app/bookings/calendar_policy'),
  register: () => import('#app/register/register_policy'),
  desk: () => import('#app/desk/desk_policy'),
  ledger: () => import('#app/ledger/ledger_policy'),
  orders: () => import('#app/orders/order_policy'),
  printing: () => import('#app/printing/printing_policy'),
}

export type PolicyName = keyof typeof policies
