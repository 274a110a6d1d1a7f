/**
 * Defects to plant, one in each place that must not go wrong. `from` stands once in `file`; `asks` is the test file and `named` the
 * tests of it that must find the defect; `before` is where those stood before the stories were put together, where that is another file.
 */
export const DEFECTS = [
  { is: 'a wrong hour: deadlines close at 16:00', file: 'src/calls/domain/deadlines.ts', from: 'CLOSING_HOUR = 17;', to: 'CLOSING_HOUR = 16;', asks: 'test/domain/call/deadlines.spec.ts' },
  { is: 'a withdrawn call is shown as open', file: 'src/calls/domain/status.ts', from: "if (facts.withdrawnAt) return 'withdrawn';", to: '', asks: 'test/domain/call/status.spec.ts' },
  { is: 'a call is withdrawn the first time that it is missed', file: 'src/harvest/domain/findings.ts', from: 'known.missedRuns + 1 < grace.goneAfterRuns', to: 'known.missedRuns + 1 < 0', asks: 'test/domain/source/findings.spec.ts' },
  { is: 'lost rows: half of what the source holds is believed', file: 'src/harvest/domain/validation.ts', from: 'total !== null && total !== seen', to: 'total !== null && total < seen', asks: 'test/domain/source/belief.spec.ts' },
  { is: 'a change of the money that is no news', file: 'src/calls/domain/versions/diff.ts', from: "? 'details' : 'budget';", to: "? 'details' : 'details';", asks: 'test/features/harvest/world.spec.ts', named: 'harvests, one after the other', before: 'test/features/harvest.spec.ts' },
  { is: 'what changed while a topic went from the search to the list', file: 'src/calls/store/call-store.ts', from: 'return changesOfPlace(stored, seen.content);', to: 'return [];', asks: 'test/features/sources/world.spec.ts', named: 'a topic that the search loses', before: null },
  { is: 'a run that does without an answer stands still', file: 'src/harvest/fetch.processor.ts', from: 'return this.advance.next(run);\n    await', to: 'return [];\n    await', asks: 'test/features/harvest/world.spec.ts', named: 'what stands beside the lists', before: null },
  { is: 'a failed harvest is taken for a good one', file: 'src/harvest/domain/validation.ts', from: 'if (onlyA || onlyB) return', to: 'if (false) return', asks: 'test/features/harvest-faults.spec.ts', named: 'half of its records' },
  { is: 'a digest is told twice', file: 'src/notifications/store/telling.repository.ts', from: '{ plannedSeq: upTo }', to: '{ plannedSeq: from }', asks: 'test/features/telling/world.spec.ts', named: 'the digest', before: 'test/features/telling-digest.spec.ts' },
  { is: 'who stopped the mails is told', file: 'src/notifications/reader.ts', from: 'recipient && !recipient.stoppedAt ?', to: 'recipient ?', asks: 'test/features/telling/world.spec.ts', named: 'stopping the mails', before: 'test/features/telling-unsubscribe.spec.ts' },
  { is: 'a doubled mail: what was sent can be claimed again', file: 'src/notifications/store/delivery.repository.ts', from: "SET state = 'sent', sent_at", to: "SET state = 'pending', sent_at", asks: 'test/features/delivery/world.spec.ts', before: 'test/features/delivery.spec.ts' },
  { is: 'a doubled proposal', file: 'src/proposals/store/proposal.repository.ts', from: 'if (!again && (await', to: 'if (false && (await', asks: 'test/features/proposals/world.spec.ts', named: 'proposing a call', before: 'test/features/proposals.spec.ts' },
  { is: 'a leak: lists of another institute', file: 'src/platform/access/scope.ts', from: 'return actor.profileId!;', to: 'return asked;', asks: 'test/pages/across-institutes.spec.ts' },
  { is: 'a leak: rows of another institute', file: 'src/access/domain/actor.ts', from: 'ofNetwork(actor) || actor.profileId === profileId;', to: 'ofNetwork(actor) || profileId !== null;', asks: 'test/pages/across-institutes.spec.ts' },
  { is: 'the network names the contacts of an institute with officers', file: 'src/profiles/domain/contacts/word.ts', from: "word !== 'inside' && hasOfficer;", to: 'false;', asks: 'test/features/profiles/world.spec.ts', named: 'wait by whichever way they come', before: null },
  { is: 'an answer is told to whom nobody inside let in', file: 'src/notifications/domain/schedule/plan.ts', from: 'reader.inside.includes(event.profileId!) && ', to: '', asks: 'test/domain/notification' },
  { is: 'another site may act for who is signed in', file: 'src/access/other-site.ts', from: "return site !== 'same-origin' && site !== 'none';", to: 'return false;', asks: 'test/features/access/world.spec.ts', before: 'test/features/access.spec.ts test/features/sign-in.spec.ts' },
  { is: 'a session that never ends', file: 'src/access/domain/lifetimes.ts', from: 'Math.min(now.getTime() + SESSION_IDLE_MS', to: 'Math.max(now.getTime() + SESSION_IDLE_MS', asks: 'test/domain/access/sessions-and-mails.spec.ts' },
  { is: 'an inner address may be asked for', file: 'src/platform/http/address-check.ts', from: "return HOST_SERVICES.has(address.toString()) ? 'is a service of the machine itself' : null;", to: 'return null;', asks: 'test/platform' },
  { is: 'foreign HTML in a mail', file: 'src/notifications/domain/content/html.ts', from: "'<': '&lt;'", to: "'<': '<'", asks: 'test/domain/notification' },
  { is: 'a formula in a sheet', file: 'src/platform/sheets/csv-writer.ts', from: '[=+\\-@\\t\\r＝＋－＠]', to: '[=]', asks: 'test/platform' },
  { is: 'a signature over the body alone', file: 'src/notifications/channels/webhook/signature.ts', from: '${id}.${timestamp}.${body}', to: '${id}.${body}', asks: 'test/channels' },
  { is: 'a page that loses the row between two', file: 'src/platform/api/paging.ts', from: 'cursorAt(place(shown.at(-1)!))', to: 'cursorAt(place(rows.at(-1)!))', asks: 'test/features/api/world.spec.ts', named: 'paging|changes', before: 'test/features/paging.spec.ts test/features/changes-paging.spec.ts' },
  { is: 'a strong match is called possible', file: 'src/matching/domain/scoring/band.ts', from: 'strong: 65', to: 'strong: 75', asks: 'test/domain' },
  { is: 'who left a project is still a partner', file: 'src/funded-projects/domain/cordis-rows.ts', from: 'const { SME: sme, endOfParticipation: ended } = flags.values;', to: 'const { SME: sme } = flags.values, ended = false;', asks: 'test/domain/history' },
];
