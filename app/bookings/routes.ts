import router from '@adonisjs/core/services/router'
import transmit from '@adonisjs/transmit/services/main'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'
import Calendar from '#app/bookings/calendar'
import { visibleTo } from '#app/people/client_scope'

router
  .get('/calendars', [controllers.bookings.calendars.Calendars, 'index'])
  .use(middleware.may('bookings.see'))
router
  .group(() => {
    router.get('/calendars/new', [controllers.bookings.calendars.Calendars, 'create'])
    router.post('/calendars', [controllers.bookings.calendars.Calendars, 'store'])
    router.get('/calendars/:id', [controllers.bookings.calendars.Calendars, 'show'])
    router.post('/calendars/:id', [controllers.bookings.calendars.Calendars, 'update'])
    router.post('/calendars/:id/removal', [controllers.bookings.calendars.Calendars, 'destroy'])
    router.get('/bus-stops', [controllers.bookings.stops.BusStops, 'index'])
    router.post('/bus-stops', [controllers.bookings.stops.BusStops, 'store'])
    router.post('/bus-stops/import', [controllers.bookings.stops.BusStops, 'import'])
    router.post('/bus-stops/:id/removal', [controllers.bookings.stops.BusStops, 'destroy'])
  })
  .use(middleware.may('calendars.define'))
  .where('id', router.matchers.uuid())
router
  .group(() => {
    router
      .get('/', [controllers.rebooking.Days, 'show'])
      .use([middleware.may('bookings.roster'), middleware.seen('calendar_day')])
    router
      .get('/roster', [controllers.rebooking.Days, 'roster'])
      .use(middleware.may('bookings.roster'))
    router
      .post('/quota-moves', [controllers.rebooking.Days, 'moveQuota'])
      .use(middleware.may('bookings.manage'))
    router
      .post('/closure', [controllers.rebooking.Days, 'close'])
      .use(middleware.may('bookings.manage'))
    router
      .post('/reopening', [controllers.rebooking.Days, 'reopen'])
      .use(middleware.may('bookings.manage'))
  })
  .prefix('/calendars/:id/days/:day')
  .where('id', router.matchers.uuid())
  .where('day', /^\d{4}-\d\d-\d\d$/)
router
  .group(() => {
    router.get('/seats', [controllers.bookings.seats.Seats, 'index'])
    router.post('/seats', [controllers.bookings.seats.Seats, 'store'])
    router
      .post('/seats/:id/giving-back', [controllers.bookings.seats.Seats, 'giveBack'])
      .where('id', router.matchers.uuid())
  })
  .use(middleware.may('tasks.take'))

transmit.authorize<{ id: string }>('calendars/:id', async ({ auth }, params) =>
  auth.user
    ? (await visibleTo(Calendar.query(), auth.user).where('id', params.id).first()) !== null
    : false
)
