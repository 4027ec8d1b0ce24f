import '@adonisjs/core/types/http'

type ParamValue = string | number | bigint | boolean

export type ScannedRoutes = {
  ALL: {
    'login': { paramsTuple?: []; params?: {} }
    'sessions.store': { paramsTuple?: []; params?: {} }
    'directory.begin': { paramsTuple?: []; params?: {} }
    'directory.end': { paramsTuple?: []; params?: {} }
    'setup.show': { paramsTuple: [ParamValue]; params: {'code': ParamValue} }
    'setup.store': { paramsTuple: [ParamValue]; params: {'code': ParamValue} }
    'locales.update': { paramsTuple?: []; params?: {} }
    'sessions.destroy': { paramsTuple?: []; params?: {} }
    'sessions.show': { paramsTuple?: []; params?: {} }
    'waiting.index': { paramsTuple?: []; params?: {} }
    'type_sizes.update': { paramsTuple?: []; params?: {} }
    'account.show': { paramsTuple?: []; params?: {} }
    'account.end': { paramsTuple: [ParamValue]; params: {'handle': ParamValue} }
    'second_factor.renew': { paramsTuple?: []; params?: {} }
    'second_factor.sheet': { paramsTuple?: []; params?: {} }
    'lock.pin': { paramsTuple?: []; params?: {} }
    'second_factor.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'second_factor.show': { paramsTuple?: []; params?: {} }
    'second_factor.store': { paramsTuple?: []; params?: {} }
    'second_factor.token': { paramsTuple?: []; params?: {} }
    'second_factor.confirm': { paramsTuple?: []; params?: {} }
    'passkeys.make': { paramsTuple?: []; params?: {} }
    'passkeys.store': { paramsTuple?: []; params?: {} }
    'passkeys.prove': { paramsTuple?: []; params?: {} }
    'certificates.store': { paramsTuple?: []; params?: {} }
    'passkeys.unlock': { paramsTuple?: []; params?: {} }
    'passkey_options.second-factor': { paramsTuple?: []; params?: {} }
    'passkey_options.unlock': { paramsTuple?: []; params?: {} }
    'lock.show': { paramsTuple?: []; params?: {} }
    'lock.store': { paramsTuple?: []; params?: {} }
    'lock.touch': { paramsTuple?: []; params?: {} }
    'lock.destroy': { paramsTuple?: []; params?: {} }
    'passwords.show': { paramsTuple?: []; params?: {} }
    'passwords.store': { paramsTuple?: []; params?: {} }
    'engagements.index': { paramsTuple?: []; params?: {} }
    'engagements.export': { paramsTuple?: []; params?: {} }
    'engagements.import': { paramsTuple?: []; params?: {} }
    'engagements.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'engagements.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'details.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'details.lend': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'details.take_back': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'loan': ParamValue} }
    'consents.index': { paramsTuple?: []; params?: {} }
    'consents.need': { paramsTuple?: []; params?: {} }
    'consents.regions': { paramsTuple?: []; params?: {} }
    'consents.store': { paramsTuple?: []; params?: {} }
    'consents.print': { paramsTuple?: []; params?: {} }
    'consents.end': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'engagements.add_skill': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'engagements.remove_skill': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.index': { paramsTuple?: []; params?: {} }
    'people.store': { paramsTuple?: []; params?: {} }
    'people.create': { paramsTuple?: []; params?: {} }
    'invitations.print_all': { paramsTuple?: []; params?: {} }
    'imports.create': { paramsTuple?: []; params?: {} }
    'imports.store': { paramsTuple?: []; params?: {} }
    'people.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'invitations.mail': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'invitations.print': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'factor_resets.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'freezes.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'freezes.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.leave': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.return': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'roles.index': { paramsTuple?: []; params?: {} }
    'roles.store': { paramsTuple?: []; params?: {} }
    'roles.export': { paramsTuple?: []; params?: {} }
    'roles.import': { paramsTuple?: []; params?: {} }
    'roles.create': { paramsTuple?: []; params?: {} }
    'roles.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'roles.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'roles.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organizations.index': { paramsTuple?: []; params?: {} }
    'organizations.store': { paramsTuple?: []; params?: {} }
    'organizations.import': { paramsTuple?: []; params?: {} }
    'organizations.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'quality.index': { paramsTuple?: []; params?: {} }
    'quality.own': { paramsTuple?: []; params?: {} }
    'board.index': { paramsTuple?: []; params?: {} }
    'plans.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'plans.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'plans.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pauses.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pauses.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'home.start': { paramsTuple?: []; params?: {} }
    'settings.index': { paramsTuple?: []; params?: {} }
    'settings.store': { paramsTuple?: []; params?: {} }
    'postcodes.index': { paramsTuple?: []; params?: {} }
    'postcodes.store': { paramsTuple?: []; params?: {} }
    'mail.index': { paramsTuple?: []; params?: {} }
    'mail.keep': { paramsTuple?: []; params?: {} }
    'mail.test': { paramsTuple?: []; params?: {} }
    'inboxes.show': { paramsTuple?: []; params?: {} }
    'inboxes.keep': { paramsTuple?: []; params?: {} }
    'inboxes.read': { paramsTuple?: []; params?: {} }
    'inboxes.forget': { paramsTuple?: []; params?: {} }
    'health.index': { paramsTuple?: []; params?: {} }
    'backups.index': { paramsTuple?: []; params?: {} }
    'backups.store': { paramsTuple?: []; params?: {} }
    'backups.forget': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'backups.release': { paramsTuple?: []; params?: {} }
    'mail.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'mail.again': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'mail.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'audit.index': { paramsTuple?: []; params?: {} }
    'audit.export': { paramsTuple?: []; params?: {} }
    'retention.index': { paramsTuple?: []; params?: {} }
    'retention.store': { paramsTuple?: []; params?: {} }
    'disposals.index': { paramsTuple?: []; params?: {} }
    'disposals.store': { paramsTuple?: []; params?: {} }
    'disposals.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'disposals.certificate': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'disposals.paper': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'residents.index': { paramsTuple?: []; params?: {} }
    'residents.search': { paramsTuple?: []; params?: {} }
    'residents.order': { paramsTuple?: []; params?: {} }
    'residents.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'residents.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'disclosures.index': { paramsTuple?: []; params?: {} }
    'disclosures.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'disclosures.file': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'disclosures.hand_over': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'disclosures.decide': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'disposals.decide': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'incidents.index': { paramsTuple?: []; params?: {} }
    'incidents.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'incidents.draft': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'draft': ParamValue} }
    'incidents.step': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'incidents.store': { paramsTuple?: []; params?: {} }
    'incidents.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'incidents.name_request': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'incidents.name_person': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'incidents.close': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'today.index': { paramsTuple?: []; params?: {} }
    'health.show': { paramsTuple?: []; params?: {} }
    'home': { paramsTuple?: []; params?: {} }
    'services.index': { paramsTuple?: []; params?: {} }
    'services.store': { paramsTuple?: []; params?: {} }
    'services.after_kit': { paramsTuple?: []; params?: {} }
    'kits.store': { paramsTuple?: []; params?: {} }
    'services.show': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'kits.show': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'previews.published': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'number': ParamValue} }
    'drafts.store': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'drafts.show': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'drafts.destroy': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'previews.draft': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'number': ParamValue} }
    'drafts.paper': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'draft_groups.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'key': ParamValue} }
    'draft_groups.move': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'key': ParamValue} }
    'draft_groups.destroy': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'key': ParamValue} }
    'draft_fields.edit': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'key': ParamValue} }
    'draft_fields.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'key': ParamValue} }
    'draft_fields.move': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'key': ParamValue} }
    'draft_fields.destroy': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'key': ParamValue} }
    'examples.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'key': ParamValue} }
    'examples.destroy': { paramsTuple: [ParamValue,ParamValue,ParamValue]; params: {'slug': ParamValue,'key': ParamValue,'name': ParamValue} }
    'draft_rules.edit': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'draft_rules.update': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'draft_letters.edit': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'kind': ParamValue} }
    'draft_letters.update': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'kind': ParamValue} }
    'publications.create': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'publications.store': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'examples.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'name': ParamValue} }
    'reading_figures.show': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'provenances.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'provenances.export': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'snippets.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'group': ParamValue} }
    'open_work.index': { paramsTuple?: []; params?: {} }
    'seen_work.index': { paramsTuple?: []; params?: {} }
    'approvals.index': { paramsTuple?: []; params?: {} }
    'approvals.export': { paramsTuple?: []; params?: {} }
    'disputes.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'approvals.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recent.index': { paramsTuple?: []; params?: {} }
    'recent.reopen': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'hours.index': { paramsTuple?: []; params?: {} }
    'hours.store': { paramsTuple?: []; params?: {} }
    'log.index': { paramsTuple?: []; params?: {} }
    'log.store': { paramsTuple?: []; params?: {} }
    'disputes.store': { paramsTuple: [ParamValue]; params: {'day': ParamValue} }
    'disputes.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'log.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'work.index': { paramsTuple?: []; params?: {} }
    'assignments.take_back': { paramsTuple?: []; params?: {} }
    'stretches.store': { paramsTuple?: []; params?: {} }
    'stretches.destroy': { paramsTuple?: []; params?: {} }
    'assignments.store': { paramsTuple?: []; params?: {} }
    'assignments.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assignments.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assignments.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'ahead.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assignments.snippet': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'results.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'submissions.index': { paramsTuple?: []; params?: {} }
    'submissions.search': { paramsTuple?: []; params?: {} }
    'openings.index': { paramsTuple?: []; params?: {} }
    'openings.store': { paramsTuple?: []; params?: {} }
    'openings.seen': { paramsTuple?: []; params?: {} }
    'legal_holds.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'legal_holds.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'submissions.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'mailed.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'letters.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'returns.index': { paramsTuple?: []; params?: {} }
    'returns.store': { paramsTuple?: []; params?: {} }
    'returns.report': { paramsTuple?: []; params?: {} }
    'print_runs.index': { paramsTuple?: []; params?: {} }
    'print_runs.store': { paramsTuple?: []; params?: {} }
    'print_runs.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'print_runs.pdf': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'print_runs.enclose': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'print_runs.pull': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'print_runs.post': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'print_runs.redate': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'postings.index': { paramsTuple?: []; params?: {} }
    'postings.store': { paramsTuple?: []; params?: {} }
    'postings.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'postings.print': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'postings.cancel': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'postings.hand_over': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'postings.accept': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'handovers.repeat': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'handovers.take_back': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'copied_values.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'checks.index': { paramsTuple?: []; params?: {} }
    'checks.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'checks.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'papers.create': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'papers.show': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'papers.store': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'papers.destroy': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'places.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'places.store': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'places.update': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'places.destroy': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'trials.create': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'trials.store': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'scans.index': { paramsTuple?: []; params?: {} }
    'scans.store': { paramsTuple?: []; params?: {} }
    'scans.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'scans.again': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'scans.put_in_order': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'page_images.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'page_images.thumbnail': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'event_stream': { paramsTuple?: []; params?: {} }
    'subscribe': { paramsTuple?: []; params?: {} }
    'unsubscribe': { paramsTuple?: []; params?: {} }
    'calendars.index': { paramsTuple?: []; params?: {} }
    'calendars.create': { paramsTuple?: []; params?: {} }
    'calendars.store': { paramsTuple?: []; params?: {} }
    'calendars.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'calendars.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'calendars.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'bus_stops.index': { paramsTuple?: []; params?: {} }
    'bus_stops.store': { paramsTuple?: []; params?: {} }
    'bus_stops.import': { paramsTuple?: []; params?: {} }
    'bus_stops.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'days.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'day': ParamValue} }
    'days.roster': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'day': ParamValue} }
    'days.move_quota': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'day': ParamValue} }
    'days.close': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'day': ParamValue} }
    'days.reopen': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'day': ParamValue} }
    'seats.index': { paramsTuple?: []; params?: {} }
    'seats.store': { paramsTuple?: []; params?: {} }
    'seats.give_back': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'register.index': { paramsTuple?: []; params?: {} }
    'register.store': { paramsTuple?: []; params?: {} }
    'register.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'register.take': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'register.drop': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'stops.index': { paramsTuple?: []; params?: {} }
    'stops.store': { paramsTuple?: []; params?: {} }
    'stops.renew': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'stops.end': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'stops.answer': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'refused_numbers.store': { paramsTuple?: []; params?: {} }
    'relatives.index': { paramsTuple?: []; params?: {} }
    'relatives.store': { paramsTuple?: []; params?: {} }
    'relatives.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'wishes.index': { paramsTuple?: []; params?: {} }
    'wishes.store': { paramsTuple?: []; params?: {} }
    'wishes.confirm': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'wishes.ask': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'wishes.end': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'stops.name': { paramsTuple?: []; params?: {} }
    'desk.index': { paramsTuple?: []; params?: {} }
    'visits.store': { paramsTuple?: []; params?: {} }
    'visits.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'visits.requester': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'visit_people.identify': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'visit_people.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'visit_people.details': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'visit_places.hold': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'visit_places.release': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'visit_places.book': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'visit_places.wait': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'visit_people.more': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'visit_people.reopen': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'visits.end': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'visits.back': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'copies.create': { paramsTuple?: []; params?: {} }
    'copies.store': { paramsTuple?: []; params?: {} }
    'copies.example': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'searches.create': { paramsTuple?: []; params?: {} }
    'searches.store': { paramsTuple?: []; params?: {} }
    'bookings.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'bookings.again': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'bookings.move': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'bookings.cancel': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'bookings.answer': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'slips.confirmation': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'slips.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'tickets.display': { paramsTuple?: []; params?: {} }
    'tickets.create': { paramsTuple?: []; params?: {} }
    'tickets.store': { paramsTuple?: []; params?: {} }
    'tickets.call': { paramsTuple?: []; params?: {} }
    'tickets.appoint': { paramsTuple?: []; params?: {} }
    'tickets.paper': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'tickets.arrive': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'tickets.leave': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'consultations.index': { paramsTuple?: []; params?: {} }
    'consultations.store': { paramsTuple?: []; params?: {} }
    'consultations.finish': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'articles.index': { paramsTuple?: []; params?: {} }
    'articles.paper': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'lessons.index': { paramsTuple?: []; params?: {} }
    'lessons.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'lessons.enroll': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'lessons.mark': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'lessons.roster': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'partners.index': { paramsTuple?: []; params?: {} }
    'partners.store': { paramsTuple?: []; params?: {} }
    'partners.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'partners.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'articles.create': { paramsTuple?: []; params?: {} }
    'articles.store': { paramsTuple?: []; params?: {} }
    'articles.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'articles.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'lessons.store': { paramsTuple?: []; params?: {} }
    'referrals.index': { paramsTuple?: []; params?: {} }
    'referrals.answer': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'calls.index': { paramsTuple?: []; params?: {} }
    'calls.store': { paramsTuple?: []; params?: {} }
    'calls.ringing': { paramsTuple?: []; params?: {} }
    'calls.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'calls.relay': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'calls.end': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'telephone.show': { paramsTuple?: []; params?: {} }
    'telephone.test': { paramsTuple?: []; params?: {} }
    'hooks.calls': { paramsTuple?: []; params?: {} }
    'orders.index': { paramsTuple?: []; params?: {} }
    'orders.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'orders.create': { paramsTuple?: []; params?: {} }
    'orders.store': { paramsTuple?: []; params?: {} }
    'order_scans.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'orders.close': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'orders.reopen': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'layouts.index': { paramsTuple?: []; params?: {} }
    'layouts.create': { paramsTuple?: []; params?: {} }
    'layouts.store': { paramsTuple?: []; params?: {} }
    'corrections.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'exports.index': { paramsTuple?: []; params?: {} }
    'exports.store': { paramsTuple?: []; params?: {} }
    'exports.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'exports.file': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'work_kinds.index': { paramsTuple?: []; params?: {} }
    'work_kinds.create': { paramsTuple?: []; params?: {} }
    'work_kinds.store': { paramsTuple?: []; params?: {} }
    'work_kinds.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'work_kinds.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'work_kinds.close': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'work_kinds.add_picture': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'work_kinds.remove_picture': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'picture': ParamValue} }
    'teams.index': { paramsTuple?: []; params?: {} }
    'teams.create': { paramsTuple?: []; params?: {} }
    'teams.store': { paramsTuple?: []; params?: {} }
    'teams.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'teams.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'teams.close': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'batches.create': { paramsTuple?: []; params?: {} }
    'batches.store': { paramsTuple?: []; params?: {} }
    'batches.decide': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'plans.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'batches.check': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'hand_ins.files': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'hand_ins.table': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'hand_ins.begin': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pieces.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'piece': ParamValue} }
    'pieces.redo': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'piece': ParamValue} }
    'hand_ins.remove': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'piece': ParamValue} }
    'materials.picture': { paramsTuple: [ParamValue,ParamValue,ParamValue]; params: {'id': ParamValue,'piece': ParamValue,'number': ParamValue} }
    'materials.sound': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'piece': ParamValue} }
    'answer_files.show': { paramsTuple: [ParamValue,ParamValue,ParamValue]; params: {'id': ParamValue,'piece': ParamValue,'file': ParamValue} }
    'batches.index': { paramsTuple?: []; params?: {} }
    'batches.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'batches.file': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'batches.files': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'batches.accept': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'questions.store': { paramsTuple?: []; params?: {} }
    'questions.withdraw': { paramsTuple?: []; params?: {} }
    'questions.decline': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'packs.offer': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'packs.index': { paramsTuple?: []; params?: {} }
    'packs.store': { paramsTuple?: []; params?: {} }
    'packs.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'packs.paper': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'packs.next': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'packs.end': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'materials.assigned_picture': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'number': ParamValue} }
    'materials.assigned_sound': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'answer_files.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'answer_files.destroy': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'file': ParamValue} }
    'materials.instruction': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'picture': ParamValue} }
    'letter_templates.index': { paramsTuple?: []; params?: {} }
    'letter_templates.store': { paramsTuple?: []; params?: {} }
    'letter_templates.create': { paramsTuple?: []; params?: {} }
    'letter_templates.preview': { paramsTuple?: []; params?: {} }
    'letter_templates.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'letter_templates.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'letter_templates.close': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'letter_forms.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'letter_forms.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'form_pictures.blank': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'page': ParamValue} }
    'form_pictures.example': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'page': ParamValue} }
    'letter_forms.add_place': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'letter_forms.change_place': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'place': ParamValue} }
    'letter_forms.remove_place': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'place': ParamValue} }
    'letter_forms.attach': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'letter_forms.detach': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'mailings.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'mailings.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'lists.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'lists.match': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'lists.confirm': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'mailings.submit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'mailings.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'mailings.send_back': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'mailings.cancel': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'lists.proof': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'which': ParamValue} }
    'form_pictures.kept': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'page': ParamValue} }
    'mailings.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'mailings.report': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'mailings.plan': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'ledgers.index': { paramsTuple?: []; params?: {} }
    'ledgers.store': { paramsTuple?: []; params?: {} }
    'ledgers.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'ledgers.destroy': { paramsTuple?: []; params?: {} }
  }
  GET: {
    'login': { paramsTuple?: []; params?: {} }
    'directory.begin': { paramsTuple?: []; params?: {} }
    'directory.end': { paramsTuple?: []; params?: {} }
    'setup.show': { paramsTuple: [ParamValue]; params: {'code': ParamValue} }
    'sessions.show': { paramsTuple?: []; params?: {} }
    'waiting.index': { paramsTuple?: []; params?: {} }
    'account.show': { paramsTuple?: []; params?: {} }
    'second_factor.show': { paramsTuple?: []; params?: {} }
    'second_factor.token': { paramsTuple?: []; params?: {} }
    'lock.show': { paramsTuple?: []; params?: {} }
    'passwords.show': { paramsTuple?: []; params?: {} }
    'engagements.index': { paramsTuple?: []; params?: {} }
    'engagements.export': { paramsTuple?: []; params?: {} }
    'engagements.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'consents.index': { paramsTuple?: []; params?: {} }
    'consents.print': { paramsTuple?: []; params?: {} }
    'people.index': { paramsTuple?: []; params?: {} }
    'people.create': { paramsTuple?: []; params?: {} }
    'imports.create': { paramsTuple?: []; params?: {} }
    'people.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'roles.index': { paramsTuple?: []; params?: {} }
    'roles.export': { paramsTuple?: []; params?: {} }
    'roles.create': { paramsTuple?: []; params?: {} }
    'roles.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organizations.index': { paramsTuple?: []; params?: {} }
    'quality.index': { paramsTuple?: []; params?: {} }
    'quality.own': { paramsTuple?: []; params?: {} }
    'board.index': { paramsTuple?: []; params?: {} }
    'plans.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'home.start': { paramsTuple?: []; params?: {} }
    'settings.index': { paramsTuple?: []; params?: {} }
    'postcodes.index': { paramsTuple?: []; params?: {} }
    'mail.index': { paramsTuple?: []; params?: {} }
    'inboxes.show': { paramsTuple?: []; params?: {} }
    'health.index': { paramsTuple?: []; params?: {} }
    'backups.index': { paramsTuple?: []; params?: {} }
    'mail.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'audit.index': { paramsTuple?: []; params?: {} }
    'audit.export': { paramsTuple?: []; params?: {} }
    'retention.index': { paramsTuple?: []; params?: {} }
    'disposals.index': { paramsTuple?: []; params?: {} }
    'disposals.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'disposals.certificate': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'residents.index': { paramsTuple?: []; params?: {} }
    'residents.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'disclosures.index': { paramsTuple?: []; params?: {} }
    'disclosures.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'disclosures.file': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'incidents.index': { paramsTuple?: []; params?: {} }
    'incidents.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'incidents.draft': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'draft': ParamValue} }
    'today.index': { paramsTuple?: []; params?: {} }
    'health.show': { paramsTuple?: []; params?: {} }
    'home': { paramsTuple?: []; params?: {} }
    'services.index': { paramsTuple?: []; params?: {} }
    'services.after_kit': { paramsTuple?: []; params?: {} }
    'services.show': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'kits.show': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'previews.published': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'number': ParamValue} }
    'drafts.show': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'previews.draft': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'number': ParamValue} }
    'draft_fields.edit': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'key': ParamValue} }
    'draft_rules.edit': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'draft_letters.edit': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'kind': ParamValue} }
    'publications.create': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'examples.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'name': ParamValue} }
    'reading_figures.show': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'provenances.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'provenances.export': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'snippets.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'group': ParamValue} }
    'open_work.index': { paramsTuple?: []; params?: {} }
    'seen_work.index': { paramsTuple?: []; params?: {} }
    'approvals.index': { paramsTuple?: []; params?: {} }
    'approvals.export': { paramsTuple?: []; params?: {} }
    'recent.index': { paramsTuple?: []; params?: {} }
    'hours.index': { paramsTuple?: []; params?: {} }
    'log.index': { paramsTuple?: []; params?: {} }
    'work.index': { paramsTuple?: []; params?: {} }
    'assignments.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assignments.snippet': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'submissions.index': { paramsTuple?: []; params?: {} }
    'openings.index': { paramsTuple?: []; params?: {} }
    'submissions.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'mailed.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'letters.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'returns.index': { paramsTuple?: []; params?: {} }
    'returns.report': { paramsTuple?: []; params?: {} }
    'print_runs.index': { paramsTuple?: []; params?: {} }
    'print_runs.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'print_runs.pdf': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'postings.index': { paramsTuple?: []; params?: {} }
    'postings.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'postings.print': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'checks.index': { paramsTuple?: []; params?: {} }
    'checks.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'papers.create': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'papers.show': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'places.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'trials.create': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'scans.index': { paramsTuple?: []; params?: {} }
    'scans.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'page_images.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'page_images.thumbnail': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'event_stream': { paramsTuple?: []; params?: {} }
    'calendars.index': { paramsTuple?: []; params?: {} }
    'calendars.create': { paramsTuple?: []; params?: {} }
    'calendars.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'bus_stops.index': { paramsTuple?: []; params?: {} }
    'days.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'day': ParamValue} }
    'days.roster': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'day': ParamValue} }
    'seats.index': { paramsTuple?: []; params?: {} }
    'register.index': { paramsTuple?: []; params?: {} }
    'register.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'stops.index': { paramsTuple?: []; params?: {} }
    'relatives.index': { paramsTuple?: []; params?: {} }
    'wishes.index': { paramsTuple?: []; params?: {} }
    'desk.index': { paramsTuple?: []; params?: {} }
    'visits.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'copies.create': { paramsTuple?: []; params?: {} }
    'copies.example': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'searches.create': { paramsTuple?: []; params?: {} }
    'bookings.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'slips.confirmation': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'slips.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'tickets.display': { paramsTuple?: []; params?: {} }
    'tickets.create': { paramsTuple?: []; params?: {} }
    'tickets.paper': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'consultations.index': { paramsTuple?: []; params?: {} }
    'articles.index': { paramsTuple?: []; params?: {} }
    'articles.paper': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'lessons.index': { paramsTuple?: []; params?: {} }
    'lessons.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'lessons.roster': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'partners.index': { paramsTuple?: []; params?: {} }
    'articles.create': { paramsTuple?: []; params?: {} }
    'articles.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'referrals.index': { paramsTuple?: []; params?: {} }
    'calls.index': { paramsTuple?: []; params?: {} }
    'calls.ringing': { paramsTuple?: []; params?: {} }
    'calls.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'telephone.show': { paramsTuple?: []; params?: {} }
    'orders.index': { paramsTuple?: []; params?: {} }
    'orders.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'orders.create': { paramsTuple?: []; params?: {} }
    'layouts.index': { paramsTuple?: []; params?: {} }
    'layouts.create': { paramsTuple?: []; params?: {} }
    'exports.index': { paramsTuple?: []; params?: {} }
    'exports.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'exports.file': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'work_kinds.index': { paramsTuple?: []; params?: {} }
    'work_kinds.create': { paramsTuple?: []; params?: {} }
    'work_kinds.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'teams.index': { paramsTuple?: []; params?: {} }
    'teams.create': { paramsTuple?: []; params?: {} }
    'teams.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'batches.create': { paramsTuple?: []; params?: {} }
    'pieces.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'piece': ParamValue} }
    'materials.picture': { paramsTuple: [ParamValue,ParamValue,ParamValue]; params: {'id': ParamValue,'piece': ParamValue,'number': ParamValue} }
    'materials.sound': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'piece': ParamValue} }
    'answer_files.show': { paramsTuple: [ParamValue,ParamValue,ParamValue]; params: {'id': ParamValue,'piece': ParamValue,'file': ParamValue} }
    'batches.index': { paramsTuple?: []; params?: {} }
    'batches.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'batches.file': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'batches.files': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'packs.offer': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'packs.index': { paramsTuple?: []; params?: {} }
    'packs.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'packs.paper': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'materials.assigned_picture': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'number': ParamValue} }
    'materials.assigned_sound': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'materials.instruction': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'picture': ParamValue} }
    'letter_templates.index': { paramsTuple?: []; params?: {} }
    'letter_templates.create': { paramsTuple?: []; params?: {} }
    'letter_templates.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'letter_forms.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'form_pictures.blank': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'page': ParamValue} }
    'form_pictures.example': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'page': ParamValue} }
    'mailings.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'lists.proof': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'which': ParamValue} }
    'form_pictures.kept': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'page': ParamValue} }
    'mailings.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'mailings.report': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'ledgers.index': { paramsTuple?: []; params?: {} }
    'ledgers.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
  }
  HEAD: {
    'login': { paramsTuple?: []; params?: {} }
    'directory.begin': { paramsTuple?: []; params?: {} }
    'directory.end': { paramsTuple?: []; params?: {} }
    'setup.show': { paramsTuple: [ParamValue]; params: {'code': ParamValue} }
    'sessions.show': { paramsTuple?: []; params?: {} }
    'waiting.index': { paramsTuple?: []; params?: {} }
    'account.show': { paramsTuple?: []; params?: {} }
    'second_factor.show': { paramsTuple?: []; params?: {} }
    'second_factor.token': { paramsTuple?: []; params?: {} }
    'lock.show': { paramsTuple?: []; params?: {} }
    'passwords.show': { paramsTuple?: []; params?: {} }
    'engagements.index': { paramsTuple?: []; params?: {} }
    'engagements.export': { paramsTuple?: []; params?: {} }
    'engagements.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'consents.index': { paramsTuple?: []; params?: {} }
    'consents.print': { paramsTuple?: []; params?: {} }
    'people.index': { paramsTuple?: []; params?: {} }
    'people.create': { paramsTuple?: []; params?: {} }
    'imports.create': { paramsTuple?: []; params?: {} }
    'people.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'roles.index': { paramsTuple?: []; params?: {} }
    'roles.export': { paramsTuple?: []; params?: {} }
    'roles.create': { paramsTuple?: []; params?: {} }
    'roles.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organizations.index': { paramsTuple?: []; params?: {} }
    'quality.index': { paramsTuple?: []; params?: {} }
    'quality.own': { paramsTuple?: []; params?: {} }
    'board.index': { paramsTuple?: []; params?: {} }
    'plans.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'home.start': { paramsTuple?: []; params?: {} }
    'settings.index': { paramsTuple?: []; params?: {} }
    'postcodes.index': { paramsTuple?: []; params?: {} }
    'mail.index': { paramsTuple?: []; params?: {} }
    'inboxes.show': { paramsTuple?: []; params?: {} }
    'health.index': { paramsTuple?: []; params?: {} }
    'backups.index': { paramsTuple?: []; params?: {} }
    'mail.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'audit.index': { paramsTuple?: []; params?: {} }
    'audit.export': { paramsTuple?: []; params?: {} }
    'retention.index': { paramsTuple?: []; params?: {} }
    'disposals.index': { paramsTuple?: []; params?: {} }
    'disposals.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'disposals.certificate': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'residents.index': { paramsTuple?: []; params?: {} }
    'residents.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'disclosures.index': { paramsTuple?: []; params?: {} }
    'disclosures.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'disclosures.file': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'incidents.index': { paramsTuple?: []; params?: {} }
    'incidents.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'incidents.draft': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'draft': ParamValue} }
    'today.index': { paramsTuple?: []; params?: {} }
    'health.show': { paramsTuple?: []; params?: {} }
    'home': { paramsTuple?: []; params?: {} }
    'services.index': { paramsTuple?: []; params?: {} }
    'services.after_kit': { paramsTuple?: []; params?: {} }
    'services.show': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'kits.show': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'previews.published': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'number': ParamValue} }
    'drafts.show': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'previews.draft': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'number': ParamValue} }
    'draft_fields.edit': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'key': ParamValue} }
    'draft_rules.edit': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'draft_letters.edit': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'kind': ParamValue} }
    'publications.create': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'examples.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'name': ParamValue} }
    'reading_figures.show': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'provenances.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'provenances.export': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'snippets.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'group': ParamValue} }
    'open_work.index': { paramsTuple?: []; params?: {} }
    'seen_work.index': { paramsTuple?: []; params?: {} }
    'approvals.index': { paramsTuple?: []; params?: {} }
    'approvals.export': { paramsTuple?: []; params?: {} }
    'recent.index': { paramsTuple?: []; params?: {} }
    'hours.index': { paramsTuple?: []; params?: {} }
    'log.index': { paramsTuple?: []; params?: {} }
    'work.index': { paramsTuple?: []; params?: {} }
    'assignments.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assignments.snippet': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'submissions.index': { paramsTuple?: []; params?: {} }
    'openings.index': { paramsTuple?: []; params?: {} }
    'submissions.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'mailed.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'letters.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'returns.index': { paramsTuple?: []; params?: {} }
    'returns.report': { paramsTuple?: []; params?: {} }
    'print_runs.index': { paramsTuple?: []; params?: {} }
    'print_runs.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'print_runs.pdf': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'postings.index': { paramsTuple?: []; params?: {} }
    'postings.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'postings.print': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'checks.index': { paramsTuple?: []; params?: {} }
    'checks.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'papers.create': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'papers.show': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'places.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'trials.create': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'scans.index': { paramsTuple?: []; params?: {} }
    'scans.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'page_images.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'page_images.thumbnail': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'event_stream': { paramsTuple?: []; params?: {} }
    'calendars.index': { paramsTuple?: []; params?: {} }
    'calendars.create': { paramsTuple?: []; params?: {} }
    'calendars.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'bus_stops.index': { paramsTuple?: []; params?: {} }
    'days.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'day': ParamValue} }
    'days.roster': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'day': ParamValue} }
    'seats.index': { paramsTuple?: []; params?: {} }
    'register.index': { paramsTuple?: []; params?: {} }
    'register.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'stops.index': { paramsTuple?: []; params?: {} }
    'relatives.index': { paramsTuple?: []; params?: {} }
    'wishes.index': { paramsTuple?: []; params?: {} }
    'desk.index': { paramsTuple?: []; params?: {} }
    'visits.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'copies.create': { paramsTuple?: []; params?: {} }
    'copies.example': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'searches.create': { paramsTuple?: []; params?: {} }
    'bookings.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'slips.confirmation': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'slips.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'tickets.display': { paramsTuple?: []; params?: {} }
    'tickets.create': { paramsTuple?: []; params?: {} }
    'tickets.paper': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'consultations.index': { paramsTuple?: []; params?: {} }
    'articles.index': { paramsTuple?: []; params?: {} }
    'articles.paper': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'lessons.index': { paramsTuple?: []; params?: {} }
    'lessons.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'lessons.roster': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'partners.index': { paramsTuple?: []; params?: {} }
    'articles.create': { paramsTuple?: []; params?: {} }
    'articles.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'referrals.index': { paramsTuple?: []; params?: {} }
    'calls.index': { paramsTuple?: []; params?: {} }
    'calls.ringing': { paramsTuple?: []; params?: {} }
    'calls.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'telephone.show': { paramsTuple?: []; params?: {} }
    'orders.index': { paramsTuple?: []; params?: {} }
    'orders.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'orders.create': { paramsTuple?: []; params?: {} }
    'layouts.index': { paramsTuple?: []; params?: {} }
    'layouts.create': { paramsTuple?: []; params?: {} }
    'exports.index': { paramsTuple?: []; params?: {} }
    'exports.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'exports.file': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'work_kinds.index': { paramsTuple?: []; params?: {} }
    'work_kinds.create': { paramsTuple?: []; params?: {} }
    'work_kinds.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'teams.index': { paramsTuple?: []; params?: {} }
    'teams.create': { paramsTuple?: []; params?: {} }
    'teams.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'batches.create': { paramsTuple?: []; params?: {} }
    'pieces.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'piece': ParamValue} }
    'materials.picture': { paramsTuple: [ParamValue,ParamValue,ParamValue]; params: {'id': ParamValue,'piece': ParamValue,'number': ParamValue} }
    'materials.sound': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'piece': ParamValue} }
    'answer_files.show': { paramsTuple: [ParamValue,ParamValue,ParamValue]; params: {'id': ParamValue,'piece': ParamValue,'file': ParamValue} }
    'batches.index': { paramsTuple?: []; params?: {} }
    'batches.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'batches.file': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'batches.files': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'packs.offer': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'packs.index': { paramsTuple?: []; params?: {} }
    'packs.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'packs.paper': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'materials.assigned_picture': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'number': ParamValue} }
    'materials.assigned_sound': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'materials.instruction': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'picture': ParamValue} }
    'letter_templates.index': { paramsTuple?: []; params?: {} }
    'letter_templates.create': { paramsTuple?: []; params?: {} }
    'letter_templates.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'letter_forms.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'form_pictures.blank': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'page': ParamValue} }
    'form_pictures.example': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'page': ParamValue} }
    'mailings.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'lists.proof': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'which': ParamValue} }
    'form_pictures.kept': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'page': ParamValue} }
    'mailings.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'mailings.report': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'ledgers.index': { paramsTuple?: []; params?: {} }
    'ledgers.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
  }
  POST: {
    'sessions.store': { paramsTuple?: []; params?: {} }
    'setup.store': { paramsTuple: [ParamValue]; params: {'code': ParamValue} }
    'locales.update': { paramsTuple?: []; params?: {} }
    'sessions.destroy': { paramsTuple?: []; params?: {} }
    'type_sizes.update': { paramsTuple?: []; params?: {} }
    'account.end': { paramsTuple: [ParamValue]; params: {'handle': ParamValue} }
    'second_factor.renew': { paramsTuple?: []; params?: {} }
    'second_factor.sheet': { paramsTuple?: []; params?: {} }
    'lock.pin': { paramsTuple?: []; params?: {} }
    'second_factor.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'second_factor.store': { paramsTuple?: []; params?: {} }
    'second_factor.confirm': { paramsTuple?: []; params?: {} }
    'passkeys.make': { paramsTuple?: []; params?: {} }
    'passkeys.store': { paramsTuple?: []; params?: {} }
    'passkeys.prove': { paramsTuple?: []; params?: {} }
    'certificates.store': { paramsTuple?: []; params?: {} }
    'passkeys.unlock': { paramsTuple?: []; params?: {} }
    'passkey_options.second-factor': { paramsTuple?: []; params?: {} }
    'passkey_options.unlock': { paramsTuple?: []; params?: {} }
    'lock.store': { paramsTuple?: []; params?: {} }
    'lock.touch': { paramsTuple?: []; params?: {} }
    'lock.destroy': { paramsTuple?: []; params?: {} }
    'passwords.store': { paramsTuple?: []; params?: {} }
    'engagements.import': { paramsTuple?: []; params?: {} }
    'engagements.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'details.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'details.lend': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'details.take_back': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'loan': ParamValue} }
    'consents.need': { paramsTuple?: []; params?: {} }
    'consents.regions': { paramsTuple?: []; params?: {} }
    'consents.store': { paramsTuple?: []; params?: {} }
    'consents.end': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'engagements.add_skill': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'engagements.remove_skill': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.store': { paramsTuple?: []; params?: {} }
    'invitations.print_all': { paramsTuple?: []; params?: {} }
    'imports.store': { paramsTuple?: []; params?: {} }
    'people.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'invitations.mail': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'invitations.print': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'factor_resets.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'freezes.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'freezes.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.leave': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.return': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'roles.store': { paramsTuple?: []; params?: {} }
    'roles.import': { paramsTuple?: []; params?: {} }
    'roles.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'roles.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organizations.store': { paramsTuple?: []; params?: {} }
    'organizations.import': { paramsTuple?: []; params?: {} }
    'organizations.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'plans.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'plans.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pauses.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pauses.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'settings.store': { paramsTuple?: []; params?: {} }
    'postcodes.store': { paramsTuple?: []; params?: {} }
    'mail.keep': { paramsTuple?: []; params?: {} }
    'mail.test': { paramsTuple?: []; params?: {} }
    'inboxes.keep': { paramsTuple?: []; params?: {} }
    'inboxes.read': { paramsTuple?: []; params?: {} }
    'inboxes.forget': { paramsTuple?: []; params?: {} }
    'backups.store': { paramsTuple?: []; params?: {} }
    'backups.forget': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'backups.release': { paramsTuple?: []; params?: {} }
    'mail.again': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'mail.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'retention.store': { paramsTuple?: []; params?: {} }
    'disposals.store': { paramsTuple?: []; params?: {} }
    'disposals.paper': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'residents.search': { paramsTuple?: []; params?: {} }
    'residents.order': { paramsTuple?: []; params?: {} }
    'residents.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'disclosures.hand_over': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'disclosures.decide': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'disposals.decide': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'incidents.step': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'incidents.store': { paramsTuple?: []; params?: {} }
    'incidents.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'incidents.name_request': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'incidents.name_person': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'incidents.close': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'services.store': { paramsTuple?: []; params?: {} }
    'kits.store': { paramsTuple?: []; params?: {} }
    'drafts.store': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'drafts.destroy': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'drafts.paper': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'draft_groups.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'key': ParamValue} }
    'draft_groups.move': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'key': ParamValue} }
    'draft_groups.destroy': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'key': ParamValue} }
    'draft_fields.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'key': ParamValue} }
    'draft_fields.move': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'key': ParamValue} }
    'draft_fields.destroy': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'key': ParamValue} }
    'examples.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'key': ParamValue} }
    'examples.destroy': { paramsTuple: [ParamValue,ParamValue,ParamValue]; params: {'slug': ParamValue,'key': ParamValue,'name': ParamValue} }
    'draft_rules.update': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'draft_letters.update': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'kind': ParamValue} }
    'publications.store': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'disputes.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'approvals.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recent.reopen': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'hours.store': { paramsTuple?: []; params?: {} }
    'log.store': { paramsTuple?: []; params?: {} }
    'disputes.store': { paramsTuple: [ParamValue]; params: {'day': ParamValue} }
    'disputes.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'log.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assignments.take_back': { paramsTuple?: []; params?: {} }
    'stretches.store': { paramsTuple?: []; params?: {} }
    'assignments.store': { paramsTuple?: []; params?: {} }
    'ahead.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'results.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'submissions.search': { paramsTuple?: []; params?: {} }
    'openings.store': { paramsTuple?: []; params?: {} }
    'openings.seen': { paramsTuple?: []; params?: {} }
    'legal_holds.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'legal_holds.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'returns.store': { paramsTuple?: []; params?: {} }
    'print_runs.store': { paramsTuple?: []; params?: {} }
    'print_runs.enclose': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'print_runs.pull': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'print_runs.post': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'print_runs.redate': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'postings.store': { paramsTuple?: []; params?: {} }
    'postings.cancel': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'postings.hand_over': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'postings.accept': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'handovers.repeat': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'handovers.take_back': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'copied_values.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'checks.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'papers.store': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'papers.destroy': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'places.store': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'places.update': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'places.destroy': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'trials.store': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'scans.store': { paramsTuple?: []; params?: {} }
    'scans.again': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'scans.put_in_order': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'subscribe': { paramsTuple?: []; params?: {} }
    'unsubscribe': { paramsTuple?: []; params?: {} }
    'calendars.store': { paramsTuple?: []; params?: {} }
    'calendars.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'calendars.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'bus_stops.store': { paramsTuple?: []; params?: {} }
    'bus_stops.import': { paramsTuple?: []; params?: {} }
    'bus_stops.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'days.move_quota': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'day': ParamValue} }
    'days.close': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'day': ParamValue} }
    'days.reopen': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'day': ParamValue} }
    'seats.store': { paramsTuple?: []; params?: {} }
    'seats.give_back': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'register.store': { paramsTuple?: []; params?: {} }
    'register.take': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'register.drop': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'stops.store': { paramsTuple?: []; params?: {} }
    'stops.renew': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'stops.end': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'stops.answer': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'refused_numbers.store': { paramsTuple?: []; params?: {} }
    'relatives.store': { paramsTuple?: []; params?: {} }
    'relatives.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'wishes.store': { paramsTuple?: []; params?: {} }
    'wishes.confirm': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'wishes.ask': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'wishes.end': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'stops.name': { paramsTuple?: []; params?: {} }
    'visits.store': { paramsTuple?: []; params?: {} }
    'visits.requester': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'visit_people.identify': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'visit_people.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'visit_people.details': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'visit_places.hold': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'visit_places.release': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'visit_places.book': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'visit_places.wait': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'visit_people.more': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'visit_people.reopen': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'visits.end': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'visits.back': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'copies.store': { paramsTuple?: []; params?: {} }
    'searches.store': { paramsTuple?: []; params?: {} }
    'bookings.again': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'bookings.move': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'bookings.cancel': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'bookings.answer': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'tickets.store': { paramsTuple?: []; params?: {} }
    'tickets.call': { paramsTuple?: []; params?: {} }
    'tickets.appoint': { paramsTuple?: []; params?: {} }
    'tickets.arrive': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'tickets.leave': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'consultations.store': { paramsTuple?: []; params?: {} }
    'consultations.finish': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'lessons.enroll': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'lessons.mark': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'partners.store': { paramsTuple?: []; params?: {} }
    'partners.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'partners.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'articles.store': { paramsTuple?: []; params?: {} }
    'articles.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'lessons.store': { paramsTuple?: []; params?: {} }
    'referrals.answer': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'calls.store': { paramsTuple?: []; params?: {} }
    'calls.relay': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'calls.end': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'telephone.test': { paramsTuple?: []; params?: {} }
    'hooks.calls': { paramsTuple?: []; params?: {} }
    'orders.store': { paramsTuple?: []; params?: {} }
    'order_scans.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'orders.close': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'orders.reopen': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'layouts.store': { paramsTuple?: []; params?: {} }
    'corrections.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'exports.store': { paramsTuple?: []; params?: {} }
    'work_kinds.store': { paramsTuple?: []; params?: {} }
    'work_kinds.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'work_kinds.close': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'work_kinds.add_picture': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'teams.store': { paramsTuple?: []; params?: {} }
    'teams.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'teams.close': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'batches.store': { paramsTuple?: []; params?: {} }
    'batches.decide': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'plans.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'batches.check': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'hand_ins.files': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'hand_ins.table': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'hand_ins.begin': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pieces.redo': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'piece': ParamValue} }
    'hand_ins.remove': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'piece': ParamValue} }
    'batches.accept': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'questions.store': { paramsTuple?: []; params?: {} }
    'questions.withdraw': { paramsTuple?: []; params?: {} }
    'questions.decline': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'packs.store': { paramsTuple?: []; params?: {} }
    'packs.next': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'packs.end': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'answer_files.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'answer_files.destroy': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'file': ParamValue} }
    'letter_templates.store': { paramsTuple?: []; params?: {} }
    'letter_templates.preview': { paramsTuple?: []; params?: {} }
    'letter_templates.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'letter_templates.close': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'letter_forms.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'letter_forms.add_place': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'letter_forms.change_place': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'place': ParamValue} }
    'letter_forms.remove_place': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'place': ParamValue} }
    'letter_forms.attach': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'letter_forms.detach': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'mailings.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'lists.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'lists.match': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'lists.confirm': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'mailings.submit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'mailings.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'mailings.send_back': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'mailings.cancel': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'mailings.plan': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'ledgers.store': { paramsTuple?: []; params?: {} }
    'ledgers.destroy': { paramsTuple?: []; params?: {} }
  }
  DELETE: {
    'stretches.destroy': { paramsTuple?: []; params?: {} }
    'assignments.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'work_kinds.remove_picture': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'picture': ParamValue} }
  }
  PUT: {
    'assignments.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
  }
  OPTIONS: {
  }
  PATCH: {
  }
}
declare module '@adonisjs/core/types/http' {
  export interface RoutesList extends ScannedRoutes {}
}