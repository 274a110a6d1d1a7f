import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Whether the server applies row-level security to our role: it shows a superuser all rows. */
@Injectable()
export class RowLevelSecurity implements OnModuleInit {
  constructor(private readonly database: DataSource) {}

  async onModuleInit(): Promise<void> {
    if (!(await this.holds()))
      new Logger('Database').warn(
        'The role in DATABASE_URL is a superuser or has BYPASSRLS, so PostgreSQL does not keep the rows of institutes apart. ' +
          'Fix: Use a role of its own for the program, as .github/SECURITY.md says under "Row-level security".',
      );
  }

  async holds(): Promise<boolean> {
    const [row]: { holds: boolean }[] = await this.database.query(
      `SELECT row_security_active('profile') AS holds`,
    );
    return row!.holds;
  }
}
