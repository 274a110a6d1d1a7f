import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/**
 * Whether the server shows rows by institute to the role that we sign in with: to a superuser it shows all of
 * them.
 */
@Injectable()
export class SecondWall {
  constructor(private readonly database: DataSource) {}

  async holds(): Promise<boolean> {
    const [wall]: { holds: boolean }[] = await this.database.query(
      `SELECT row_security_active('profile') AS holds`,
    );
    return wall!.holds;
  }
}
