import { Module } from '@nestjs/common';
import { CallsController } from './calls.controller.js';
import { ChangesController } from './changes.controller.js';
import { DocumentsController } from './documents.controller.js';

@Module({ controllers: [CallsController, ChangesController, DocumentsController] })
export class CallsModule {}
