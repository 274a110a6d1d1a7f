import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Whether the server applies row-level security to our role: it shows a superuser all rows. */
@Injectable()
export class RowLevelSecurity {
  constructor(private readonly database: DataSource) {}

  async holds(): Promise<boolean> {
    const [wall]: { holds: boolean }[] = await this.database.query(
      `SELECT row_security_active('profile') AS holds`,
    );
    return wall!.holds;
  }
}
