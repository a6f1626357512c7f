import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { createTransport } from 'nodemailer';
import type { Mailer } from '#core/mail/ports.ts';
import { Unavailable } from '#core/unavailable.ts';
import { awsClient } from '../aws/client.ts';

/** Sends through an SMTP server. @param url with user and password, such as `smtp://user:password@mail.example:587` */
export const smtpMailer = (url: string, from: string): Mailer =>
  mailerOver({ url, connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 10_000 }, from);

/** Sends through Amazon SES. */
export const sesMailer = (from: string): Mailer =>
  mailerOver({ SES: { sesClient: awsClient(SESv2Client, {}), SendEmailCommand } }, from);

/** nodemailer encodes the headers, so that no field of a mail can add another header. */
function mailerOver(settings: Parameters<typeof createTransport>[0], from: string): Mailer {
  // No part of a mail may come from a file or an address.
  const transport = createTransport(settings, { from, disableFileAccess: true, disableUrlAccess: true });
  return {
    async send({ to, subject, text, html }) {
      try {
        // As an object, because in a text a comma would begin a second recipient.
        await transport.sendMail({ to: { name: '', address: to }, subject, text, html });
      } catch (error) {
        throw new Unavailable('mail', 'the mail server did not take the mail', { cause: error });
      }
    },
  };
}
