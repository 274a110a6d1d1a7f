import { Team } from '../access/team.js';
import { withApplication } from '../app/with-application.js';
import { refuse } from '../platform/config/config-error.js';
import { say } from '../platform/say.js';

function addressIn(command: string, args: string[]): string {
  const [address] = args;
  refuse(
    address === undefined || args.length > 1
      ? [`${command} takes an e-mail address. Fix: npm run cli -- ${command} name@example.org`]
      : [],
  );
  return address!;
}

/**
 * `remove-officer`: removes an officer who is gone, even the last one of an institute, whom the network
 * cannot remove. The institute's other people are told by e-mail.
 */
export async function removeOfficer(args: string[]): Promise<void> {
  const address = addressIn('remove-officer', args);
  await withApplication(async (app) => {
    const { staffed, alone } = await app.get(Team).removeOfficer(address);
    const told = alone
      ? 'Nobody else is at the institute, so nobody is told.'
      : "The institute's people are told by e-mail.";
    say(`${address} no longer has access. ${told}`);
    if (!staffed)
      say(
        'The institute has no officer now: the coordinator can invite one, who sees what is new there. To open what was there before to them: npm run cli -- let-in ADDRESS',
      );
  });
}

/**
 * `let-in`: opens all that lies inside an institute to a person whom the network let in after others, where
 * no officer who was there before can do it.
 */
export async function letIn(args: string[]): Promise<void> {
  const address = addressIn('let-in', args);
  await withApplication(async (app) => {
    const opened = await app.get(Team).letInAddress(address);
    say(
      opened
        ? `${address} now sees all that lies inside the institute.`
        : `${address} sees all that lies inside the institute already. Nothing was changed.`,
    );
  });
}
